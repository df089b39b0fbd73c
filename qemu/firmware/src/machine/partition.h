/* The partition table at 0x8000, in ESP-IDF's format (esp_flash_partitions.h). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* subtype << 8 | type */
#define PARTITION_FACTORY 0x0000u
#define PARTITION_OTADATA 0x0001u
#define PARTITION_STORE   0x0601u /* undefined data: see io.fieldloop.qemu.flash.ElfFirmware */
#define PARTITION_FAT     0x8101u
#define PARTITION_OTA(n)  ((uint16_t)(0x1000u + ((unsigned)(n) << 8)))

struct partition {
    uint16_t magic;
    uint16_t type; /* type and subtype */
    uint32_t offset;
    uint32_t size;
    char label[16];
    uint32_t flags;
};

/* The first of that type and at least that size. */
bool partition_find(uint16_t type, uint32_t size_min, struct partition *found);
