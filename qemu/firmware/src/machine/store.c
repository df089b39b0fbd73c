#include "machine/store.h"

#include <string.h>

#include "machine/flash.h"

/* A sector: its sequence number, then records of {key << 24 | length, check word, value filled up to words}. The check
 * word is programmed last, so a record that a power cut broke off is passed over. */
#define ERASED       0xffffffffu
#define HEADER_BYTES 8
#define RECORDS_AT   4
#define USED_BYTES_MIN 4096

static struct flash_area area;
static uint32_t used_bytes; /* of each sector */
static bool counts_early;
static uint32_t active;   /* offset of the sector in use */
static uint32_t end;      /* where its next record goes, from its beginning */
static uint32_t sequence; /* of the sector in use */

static uint32_t word_at(uint32_t offset)
{
    uint32_t word;
    flash_read(offset, &word, sizeof word);
    return word;
}

static uint32_t padded(uint32_t length)
{
    return (length + 3) & ~3u;
}

static uint32_t check_word(uint32_t head, const uint8_t *value, uint32_t length)
{
    uint32_t sum = 2166136261u ^ head;
    for (uint32_t i = 0; i < length; i++) {
        sum = (sum ^ value[i]) * 16777619u;
    }
    return sum;
}

/* Walks the records of the sector in use: the newest intact one of that key, its size, or 0; also finds the end. */
static uint32_t find(enum store_key key, uint8_t value[STORE_VALUE_BYTES_MAX])
{
    uint8_t candidate[STORE_VALUE_BYTES_MAX] __attribute__((aligned(4)));
    uint32_t found = 0;
    uint32_t at = RECORDS_AT;
    while (at + HEADER_BYTES <= used_bytes) {
        uint32_t head = word_at(active + at);
        uint32_t length = head & 0xffff;
        if (head == ERASED) {
            break;
        }
        if (length > STORE_VALUE_BYTES_MAX || at + HEADER_BYTES + padded(length) > used_bytes) {
            at = used_bytes; /* a head half programmed: nothing can be programmed over it, so the sector is full */
            break;
        }
        if (head >> 24 == (uint32_t)key) {
            flash_read(active + at + HEADER_BYTES, candidate, padded(length));
            if (word_at(active + at + 4) == check_word(head, candidate, length)) {
                memcpy(value, candidate, length);
                found = length;
            }
        }
        at += HEADER_BYTES + padded(length);
    }
    end = at;
    return found;
}

static uint32_t append(uint32_t sector, uint32_t at, enum store_key key, const uint8_t *value, uint32_t length)
{
    uint8_t words[STORE_VALUE_BYTES_MAX];
    uint32_t head = (uint32_t)key << 24 | length;
    memset(words, 0xff, padded(length));
    memcpy(words, value, length);
    flash_program_word(sector + at, head);
    flash_program(sector + at + HEADER_BYTES, words, padded(length));
    flash_program_word(sector + at + 4, check_word(head, value, length));
    return at + HEADER_BYTES + padded(length);
}

static void count(uint32_t sector)
{
    flash_program_word(sector, ++sequence);
}

/* The newest values and the one to be written. The sequence number makes the new sector count, so it is programmed last. */
static void write_into_other_sector(enum store_key written, const uint8_t *value, uint32_t length)
{
    uint32_t other = active == area.offset ? area.offset + area.sector_bytes : area.offset;
    uint32_t at = RECORDS_AT;
    flash_erase_sector(other);
    for (int key = 1; key < STORE_KEYS; key++) {
        uint8_t kept[STORE_VALUE_BYTES_MAX];
        uint32_t kept_length = key == (int)written ? 0 : find((enum store_key)key, kept);
        if (kept_length > 0) {
            at = append(other, at, (enum store_key)key, kept, kept_length);
        }
    }
    if (counts_early) {
        count(other);
    }
    at = append(other, at, written, value, length);
    if (!counts_early) {
        count(other);
    }
    active = other;
    end = at;
}

static uint32_t within(uint32_t least, uint32_t value, uint32_t most)
{
    return value < least ? least : value > most ? most : value;
}

bool store_open(struct store_options options)
{
    uint8_t unused[STORE_VALUE_BYTES_MAX];
    uint32_t wanted = options.sector_bytes_max == 0 ? ERASED : options.sector_bytes_max;
    area = flash_store_area();
    used_bytes = within(USED_BYTES_MIN, wanted, area.sector_bytes);
    counts_early = options.counts_early;
    if (area.sector_bytes == 0) {
        return false;
    }
    uint32_t first = word_at(area.offset);
    uint32_t second = word_at(area.offset + area.sector_bytes);
    bool second_counts = second != ERASED && (first == ERASED || second > first);
    active = second_counts ? area.offset + area.sector_bytes : area.offset;
    sequence = second_counts ? second : first;
    if (sequence == ERASED || sequence == 0) {
        sequence = 1;
        flash_erase_sector(active);
        flash_program_word(active, sequence);
    }
    find(STORE_BOOT_COUNT, unused);
    return true;
}

size_t store_read(enum store_key key, void *to, size_t room)
{
    uint8_t value[STORE_VALUE_BYTES_MAX];
    size_t length = area.sector_bytes == 0 ? 0 : find(key, value);
    length = length < room ? length : room;
    memcpy(to, value, length);
    return length;
}

void store_write(enum store_key key, const void *value, size_t count)
{
    uint32_t length = count < STORE_VALUE_BYTES_MAX ? (uint32_t)count : STORE_VALUE_BYTES_MAX;
    if (area.sector_bytes == 0) {
        return;
    }
    if (end + HEADER_BYTES + padded(length) > used_bytes) {
        write_into_other_sector(key, value, length);
    } else {
        end = append(active, end, key, value, length);
    }
}
