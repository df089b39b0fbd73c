/* The lx60's CFI flash, Intel command set, 16 bits wide; there only when QEMU was given -drive if=pflash. */
#include <string.h>

#include "machine/board.h"
#include "machine/flash.h"

#define FLASH(offset)   REGISTER16(0x98000000u + (offset))
#define SECTOR_BYTES    0x10000u
#define STORE_OFFSET    0x10000u
#define OTADATA_OFFSET  0x40000u
#define FIRST_SLOT      0x100000u
#define SECOND_SLOT     0x200000u
#define SLOT_BYTES      0x100000u
#define FILES_OFFSET    0x300000u
#define FILES_BYTES     0x100000u
#define FILES_SECTOR    512u /* FAT has none of more than 4096 bytes; a small one is programmed at once */

#define QUERY           0x98
#define QUERY_ADDRESS   0xaa /* 0x55 of 16-bit words */
#define QUERY_ANSWER    0x20 /* "QRY" from word 0x10 on */
#define READ_ARRAY      0xff
#define ERASE           0x20
#define PROGRAM         0x40
#define PROGRAM_BUFFER  0xe8
#define CONFIRM         0xd0
#define BUFFER_BYTES    512u
#define STATUS_READY    0x80

static bool is_present(void)
{
    FLASH(QUERY_ADDRESS) = QUERY;
    bool answered = (FLASH(QUERY_ANSWER) & 0xff) == 'Q' && (FLASH(QUERY_ANSWER + 2) & 0xff) == 'R'
                    && (FLASH(QUERY_ANSWER + 4) & 0xff) == 'Y';
    FLASH(0) = READ_ARRAY;
    return answered;
}

uint32_t flash_sector_bytes(void)
{
    return is_present() ? SECTOR_BYTES : 0;
}

struct flash_area flash_store_area(void)
{
    return (struct flash_area){STORE_OFFSET, flash_sector_bytes()};
}

struct flash_slots flash_slots(void)
{
    return (struct flash_slots){OTADATA_OFFSET, {FIRST_SLOT, SECOND_SLOT}, SLOT_BYTES, flash_sector_bytes()};
}

struct flash_files flash_files(void)
{
    return (struct flash_files){FILES_OFFSET, flash_sector_bytes(), FILES_BYTES / SECTOR_BYTES, FILES_SECTOR};
}

void flash_read(uint32_t offset, void *to, size_t count)
{
    for (size_t i = 0; i < count; i += 2) {
        uint16_t half = FLASH(offset + i);
        memcpy((uint8_t *)to + i, &half, sizeof half);
    }
}

static void wait_until_ready(uint32_t offset)
{
    while (!(FLASH(offset) & STATUS_READY)) {
    }
    FLASH(offset) = READ_ARRAY;
}

void flash_erase_sector(uint32_t offset)
{
    FLASH(offset) = ERASE;
    FLASH(offset) = CONFIRM;
    wait_until_ready(offset);
}

void flash_program_word(uint32_t offset, uint32_t word)
{
    for (uint32_t i = 0; i < 4; i += 2, word >>= 16) {
        FLASH(offset + i) = PROGRAM;
        FLASH(offset + i) = (uint16_t)word;
        wait_until_ready(offset + i);
    }
}

/* A buffer at a time: QEMU writes its file with each command. */
void flash_program(uint32_t offset, const uint8_t *bytes, size_t count)
{
    while (count > 0) {
        uint32_t room = BUFFER_BYTES - offset % BUFFER_BYTES;
        uint32_t part = count < room ? (uint32_t)count : room;
        FLASH(offset) = PROGRAM_BUFFER;
        while (!(FLASH(offset) & STATUS_READY)) {
        }
        FLASH(offset) = (uint16_t)(part / 2 - 1);
        for (uint32_t i = 0; i < part; i += 2) {
            FLASH(offset + i) = (uint16_t)(bytes[i] | bytes[i + 1] << 8);
        }
        FLASH(offset) = CONFIRM;
        wait_until_ready(offset);
        offset += part;
        bytes += part;
        count -= part;
    }
}
