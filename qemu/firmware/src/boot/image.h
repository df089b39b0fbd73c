/* An application's image in flash, as esptool makes it and ESP-IDF's bootloader reads it (esp_image_format.c). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define IMAGE_SEGMENTS_MAX  16
#define IMAGE_VERSION_BYTES 32

struct image_segment {
    uint32_t address; /* below IMAGE_ADDRESS_MIN it is filling */
    uint32_t offset;  /* of its data in flash */
    uint32_t bytes;
};

#define IMAGE_ADDRESS_MIN 0x10000000u

struct image {
    uint32_t entry;
    int segments;
    struct image_segment segment[IMAGE_SEGMENTS_MAX];
};

/* Whether a whole one for this chip is there, within so many bytes: header, segments, checksum, digest. The console says what is wrong. */
bool image_read(uint32_t offset, uint32_t room, struct image *image);

/* What its description says; false where nothing begins like an image. */
bool image_version(uint32_t offset, char version[IMAGE_VERSION_BYTES]);
