#include "device/slots.h"

#include <string.h>

#include "device/settings.h"
#include "machine/crc32.h"
#include "machine/flash.h"
#include "machine/log.h"
#include "mbedtls/sha256.h"

#define IMAGE_MAGIC      0xe9
#define HEADER_BYTES     24
#define SEGMENT_BYTES    8
#define SEGMENTS_MAX     16
#define HASH_APPENDED_AT 23
#define VERSION_AT       48
#define CHECKSUM_SEED    0xef
#define DIGEST_BYTES     32
#define CHUNK_BYTES      512

#define STATE_NEW        0u
#define STATE_PENDING    1u
#define STATE_VALID      2u
#define STATE_INVALID    3u
#define STATE_ABORTED    4u

/* esp_ota_select_entry_t */
struct select_entry {
    uint32_t sequence;
    uint8_t label[20];
    uint32_t state;
    uint32_t crc;
};

static struct flash_slots flash;
static struct select_entry entry; /* the one that holds; its sequence is 0 where none does */
static int entry_sector;
static int running;
static char version[SLOT_VERSION_BYTES];
static uint32_t erased_until; /* of the other slot */

static const char *name(int slot)
{
    return slot == 0 ? "ota_0" : "ota_1";
}

static uint32_t crc_of(uint32_t sequence)
{
    return ~crc32(0, (const uint8_t *)&sequence, sizeof sequence);
}

/* Whether it is one that may boot. */
static bool read_entry(int sector, struct select_entry *to)
{
    flash_read(flash.data_offset + (uint32_t)sector * flash.sector_bytes, to, sizeof *to);
    bool given_up = to->state == STATE_INVALID || to->state == STATE_ABORTED;
    return to->sequence != 0xffffffffu && to->crc == crc_of(to->sequence) && !given_up;
}

static void write_entry(int sector, const struct select_entry *from)
{
    uint32_t words[sizeof *from / 4];
    uint32_t offset = flash.data_offset + (uint32_t)sector * flash.sector_bytes;
    memcpy(words, from, sizeof words);
    flash_erase_sector(offset);
    for (uint32_t i = 0; i < sizeof words / 4; i++) {
        flash_program_word(offset + 4 * i, words[i]);
    }
}

static void set_state(uint32_t state)
{
    entry.state = state;
    write_entry(entry_sector, &entry);
}

static void choose(void)
{
    struct select_entry entries[2];
    bool first = read_entry(0, &entries[0]);
    bool second = read_entry(1, &entries[1]);
    entry_sector = second && (!first || entries[1].sequence > entries[0].sequence) ? 1 : 0;
    memset(&entry, 0, sizeof entry);
    if (first || second) {
        entry = entries[entry_sector];
    }
    running = entry.sequence == 0 ? 0 : (int)((entry.sequence - 1) % 2);
}

/* The slot the device was flashed into holds no image until an update writes one there. */
static void read_version(int slot, char to[SLOT_VERSION_BYTES])
{
    uint8_t begin[VERSION_AT + SLOT_VERSION_BYTES] __attribute__((aligned(4)));
    flash_read(flash.offset[slot], begin, sizeof begin);
    if (begin[0] == IMAGE_MAGIC) {
        memcpy(to, begin + VERSION_AT, SLOT_VERSION_BYTES);
        to[SLOT_VERSION_BYTES - 1] = '\0';
    } else {
        strcpy(to, settings.app_version);
    }
}

void slots_boot(void)
{
    flash = flash_slots();
    strcpy(version, settings.app_version);
    erased_until = 0;
    if (flash.sector_bytes == 0) {
        return;
    }
    choose();
    read_version(running, version);
    if (entry.sequence != 0 && entry.state == STATE_PENDING) {
        LOGD("fieldloop", "rolled back version=%s", version);
        set_state(STATE_ABORTED);
        choose();
        read_version(running, version);
    } else if (entry.sequence != 0 && entry.state == STATE_NEW) {
        set_state(STATE_PENDING);
    }
}

const char *slots_running(void)
{
    return name(running);
}

const char *slots_other(void)
{
    return name(1 - running);
}

const char *slots_version(void)
{
    return version;
}

bool slots_on_trial(void)
{
    return entry.sequence != 0 && entry.state == STATE_PENDING;
}

void slots_mark_valid(void)
{
    set_state(STATE_VALID);
}

uint32_t slots_other_offset(void)
{
    return flash.offset[1 - running];
}

uint32_t slots_other_bytes(void)
{
    return flash.slot_bytes;
}

void slots_write(uint32_t at, const uint8_t *bytes, size_t count)
{
    uint32_t offset = slots_other_offset();
    erased_until = at == 0 ? 0 : erased_until;
    for (; erased_until < at + count; erased_until += flash.sector_bytes) {
        flash_erase_sector(offset + erased_until);
    }
    flash_program(offset + at, bytes, count);
}

static uint8_t byte_at(uint32_t at)
{
    uint8_t word[4] __attribute__((aligned(4)));
    flash_read(slots_other_offset() + (at & ~3u), word, sizeof word);
    return word[at & 3];
}

static uint32_t word_at(uint32_t at)
{
    uint32_t word;
    flash_read(slots_other_offset() + at, &word, sizeof word);
    return word;
}

static void hash(uint32_t count, uint8_t digest[DIGEST_BYTES])
{
    uint8_t chunk[CHUNK_BYTES] __attribute__((aligned(4)));
    mbedtls_sha256_context context;
    mbedtls_sha256_init(&context);
    mbedtls_sha256_starts_ret(&context, 0);
    for (uint32_t at = 0; at < count; at += CHUNK_BYTES) {
        uint32_t part = count - at < CHUNK_BYTES ? count - at : CHUNK_BYTES;
        flash_read(slots_other_offset() + at, chunk, sizeof chunk);
        mbedtls_sha256_update_ret(&context, chunk, part);
    }
    mbedtls_sha256_finish_ret(&context, digest);
    mbedtls_sha256_free(&context);
}

static bool digest_fits(uint32_t at, uint32_t image_bytes)
{
    uint8_t digest[DIGEST_BYTES];
    uint8_t told[DIGEST_BYTES] __attribute__((aligned(4)));
    if (byte_at(HASH_APPENDED_AT) == 0) {
        return true;
    }
    if (image_bytes < at + DIGEST_BYTES) {
        return false;
    }
    hash(at, digest);
    flash_read(slots_other_offset() + at, told, sizeof told);
    return memcmp(digest, told, sizeof digest) == 0;
}

/* The bytes from..end XORed to a checksum; a chunk at a time, since each read flushes the ESP32's cache. */
static uint8_t folded(uint8_t checksum, uint32_t from, uint32_t end)
{
    uint8_t chunk[CHUNK_BYTES] __attribute__((aligned(4)));
    while (from < end) {
        uint32_t start = from & ~3u;
        flash_read(slots_other_offset() + start, chunk, sizeof chunk);
        for (; from < end && from < start + CHUNK_BYTES; from++) {
            checksum ^= chunk[from - start];
        }
    }
    return checksum;
}

bool slots_other_is_valid(uint32_t image_bytes)
{
    uint8_t checksum = CHECKSUM_SEED;
    uint32_t at = HEADER_BYTES;
    if (image_bytes < HEADER_BYTES || byte_at(0) != IMAGE_MAGIC || byte_at(1) > SEGMENTS_MAX) {
        return false;
    }
    for (int segment = 0; segment < byte_at(1); segment++) {
        uint32_t data = image_bytes - at < SEGMENT_BYTES ? 0xffffffffu : word_at(at + 4);
        if (data > image_bytes - at - SEGMENT_BYTES) {
            return false;
        }
        at += SEGMENT_BYTES;
        checksum = folded(checksum, at, at + data);
        at += data;
    }
    uint32_t checksum_at = at / 16 * 16 + 15;
    return checksum_at < image_bytes && byte_at(checksum_at) == checksum && digest_fits(checksum_at + 1, image_bytes);
}

/* As ESP-IDF: the next sequence that leads to the slot, into the sector that does not hold. */
void slots_install(char installed[SLOT_VERSION_BYTES])
{
    struct select_entry next;
    memset(&next, 0xff, sizeof next);
    next.sequence = entry.sequence == 0 ? 1 : entry.sequence;
    do {
        next.sequence++;
    } while ((int)((next.sequence - 1) % 2) == running);
    next.state = STATE_NEW;
    next.crc = crc_of(next.sequence);
    read_version(1 - running, installed);
    write_entry(entry.sequence == 0 ? 0 : 1 - entry_sector, &next);
}
