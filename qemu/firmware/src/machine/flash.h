/* The board's flash: reading, erasing sectors, programming words. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What belongs to this firmware's store: two sectors, one after the other. */
struct flash_area {
    uint32_t offset;
    uint32_t sector_bytes; /* 0: there is no flash, or no room for a store in it */
};

struct flash_area flash_store_area(void);

/* Two slots for images, and two sectors that say which of them boots. */
struct flash_slots {
    uint32_t data_offset;
    uint32_t offset[2];
    uint32_t slot_bytes;
    uint32_t sector_bytes; /* 0: there are none */
};

struct flash_slots flash_slots(void);

/* Sectors of a volume of files, each at the beginning of a block that is erased for it alone. */
struct flash_files {
    uint32_t offset;
    uint32_t block_bytes; /* 0: there is no room for files */
    uint32_t blocks;
    uint32_t sector_bytes;
};

struct flash_files flash_files(void);

/* What is erased at once; 0 where there is no flash. */
uint32_t flash_sector_bytes(void);

/* Offset, count and the place to read to are multiples of four. */
void flash_read(uint32_t offset, void *to, size_t count);
void flash_erase_sector(uint32_t offset);
void flash_program_word(uint32_t offset, uint32_t word);

/* The same of many words; both ends are multiples of four. */
void flash_program(uint32_t offset, const uint8_t *bytes, size_t count);
