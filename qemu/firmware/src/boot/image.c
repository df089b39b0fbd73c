#include "boot/image.h"

#include <string.h>

#include "machine/flash.h"
#include "machine/log.h"
#include "mbedtls/sha256.h"

#define MAGIC             0xe9
#define CHIP_ESP32        0
#define VERSION_AT        48
#define DESCRIPTION_BYTES 256
#define CHECKSUM_SEED     0xef
#define BLOCK_BYTES       16
#define DIGEST_BYTES      32
#define CHUNK_BYTES       1024

static const char TAG[] = "esp_image";

/* esp_image_header_t */
struct header {
    uint8_t magic;
    uint8_t segments;
    uint8_t flash[2];
    uint32_t entry;
    uint8_t pins[4];
    uint16_t chip;
    uint8_t revisions[9];
    uint8_t has_digest;
};

struct segment_header {
    uint32_t address;
    uint32_t bytes;
};

/* Reads on, and gives all bytes XORed; a chunk at a time, since each read flushes the ESP32's cache. */
static uint8_t digested(mbedtls_sha256_context *sha, uint32_t from, uint32_t bytes)
{
    uint32_t chunk[CHUNK_BYTES / 4];
    uint32_t folded = 0;
    while (bytes > 0) {
        uint32_t part = bytes < CHUNK_BYTES ? bytes : CHUNK_BYTES;
        flash_read(from, chunk, part);
        mbedtls_sha256_update_ret(sha, (const uint8_t *)chunk, part);
        for (uint32_t i = 0; i < part / 4; i++) {
            folded ^= chunk[i];
        }
        from += part;
        bytes -= part;
    }
    folded ^= folded >> 16;
    return (uint8_t)(folded ^ folded >> 8);
}

static bool header_fits(uint32_t offset, const struct header *header)
{
    if (header->magic != MAGIC) {
        LOGE(TAG, "image at 0x%lx has invalid magic byte (nothing flashed here?)", (unsigned long)offset);
        return false;
    }
    if (header->chip != CHIP_ESP32) {
        LOGE("boot_comm", "mismatch chip ID, expected %d, found %d", CHIP_ESP32, header->chip);
        return false;
    }
    if (header->segments > IMAGE_SEGMENTS_MAX) {
        LOGE(TAG, "image at 0x%lx segment count %d exceeds max %d", (unsigned long)offset, header->segments,
             IMAGE_SEGMENTS_MAX);
        return false;
    }
    return true;
}

/* Where the last segment ends, from the image's beginning; 0 where one is not as it must be. */
static uint32_t read_segments(uint32_t offset, uint32_t room, struct image *image, mbedtls_sha256_context *sha, uint8_t *checksum)
{
    uint32_t at = sizeof(struct header);
    for (int i = 0; i < image->segments; i++) {
        struct segment_header header = {0, UINT32_MAX};
        if (room - at >= sizeof header) {
            flash_read(offset + at, &header, sizeof header);
        }
        if (header.bytes % 4 != 0 || header.bytes > room - at - sizeof header) {
            LOGE(TAG, "invalid segment length 0x%lx", (unsigned long)header.bytes);
            return 0;
        }
        if (i == 0 && header.bytes < DESCRIPTION_BYTES) {
            LOGE(TAG, "Segment 0: length 0x%lx is too short for app description", (unsigned long)header.bytes);
            return 0;
        }
        digested(sha, offset + at, sizeof header);
        at += sizeof header;
        image->segment[i] = (struct image_segment){header.address, offset + at, header.bytes};
        *checksum ^= digested(sha, offset + at, header.bytes);
        at += header.bytes;
    }
    return at;
}

static bool checksum_fits(uint32_t calculated, uint32_t offset)
{
    uint8_t block[4] __attribute__((aligned(4)));
    flash_read(offset - sizeof block, block, sizeof block);
    if (block[3] != calculated) {
        LOGE(TAG, "Checksum failed. Calculated 0x%lx read 0x%x", (unsigned long)calculated, block[3]);
        return false;
    }
    return true;
}

static bool digest_fits(mbedtls_sha256_context *sha, uint32_t offset)
{
    uint8_t digest[DIGEST_BYTES];
    uint8_t told[DIGEST_BYTES] __attribute__((aligned(4)));
    mbedtls_sha256_finish_ret(sha, digest);
    flash_read(offset, told, sizeof told);
    if (memcmp(digest, told, sizeof digest) != 0) {
        LOGE(TAG, "Image hash failed - image is corrupt");
        return false;
    }
    return true;
}

bool image_read(uint32_t offset, uint32_t room, struct image *image)
{
    struct header header = {0};
    uint8_t checksum = CHECKSUM_SEED;
    mbedtls_sha256_context sha;
    if (room >= sizeof header) {
        flash_read(offset, &header, sizeof header);
    }
    if (!header_fits(offset, &header)) {
        return false;
    }
    image->entry = header.entry;
    image->segments = header.segments;
    mbedtls_sha256_init(&sha);
    mbedtls_sha256_starts_ret(&sha, 0);
    digested(&sha, offset, sizeof header);
    uint32_t at = read_segments(offset, room, image, &sha, &checksum);
    uint32_t end = (at | (BLOCK_BYTES - 1)) + 1;
    uint32_t whole = end + (header.has_digest ? DIGEST_BYTES : 0);
    if (at == 0) {
        return false;
    }
    if (whole > room) {
        LOGE(TAG, "Image length %lu doesn't fit in partition length %lu", (unsigned long)whole, (unsigned long)room);
        return false;
    }
    digested(&sha, offset + at, end - at);
    return checksum_fits(checksum, offset + end) && (!header.has_digest || digest_fits(&sha, offset + end));
}

bool image_version(uint32_t offset, char version[IMAGE_VERSION_BYTES])
{
    uint8_t begin[VERSION_AT + IMAGE_VERSION_BYTES] __attribute__((aligned(4)));
    flash_read(offset, begin, sizeof begin);
    memcpy(version, begin + VERSION_AT, IMAGE_VERSION_BYTES);
    version[IMAGE_VERSION_BYTES - 1] = '\0';
    return begin[0] == MAGIC;
}
