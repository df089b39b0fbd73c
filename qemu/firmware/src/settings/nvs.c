#include "settings/nvs.h"

#include <stdio.h>
#include <string.h>

#include "machine/crc32.h"
#include "machine/flash.h"

#define PAGE_BYTES     4096
#define PAGES          4
#define OFFSET         0x9000
#define ENTRIES        126
#define ENTRIES_AT     64
#define ENTRY_BYTES    32
#define BITMAP_AT      32
#define STATE_ACTIVE   0xfffffffeu
#define STATE_FULL     0xfffffffcu
#define VERSION_2      0xfe
#define ENTRY_WRITTEN  2
#define TYPE_STRING    0x21
#define TYPE_SIGNED    0x10
#define TYPE_SIZE_MASK 0x0f

struct entry {
    uint8_t namespace;
    uint8_t type;
    uint8_t span;
    uint8_t chunk;
    uint32_t crc;
    char key[16];
    uint8_t value[8];
};

static uint8_t partition[PAGES][PAGE_BYTES] __attribute__((aligned(4)));
static bool loaded;

static bool page_is_valid(const uint8_t *page)
{
    uint32_t state;
    memcpy(&state, page, sizeof state);
    return (state == STATE_ACTIVE || state == STATE_FULL) && page[8] == VERSION_2;
}

static bool is_written(const uint8_t *page, unsigned index)
{
    return (page[BITMAP_AT + index / 4] >> (2 * (index % 4)) & 3) == ENTRY_WRITTEN;
}

/* The ROM's crc32_le(0xffffffff, ...), over all of the entry but the sum itself. */
static bool is_intact(const struct entry *entry)
{
    const uint8_t *bytes = (const uint8_t *)entry;
    return ~crc32(crc32(0, bytes, 4), bytes + 8, ENTRY_BYTES - 8) == entry->crc;
}

/* What follows the entry is there to the end of the page. */
static bool value_text(const struct entry *entry, const uint8_t *payload, size_t payload_bytes, char *to, size_t room)
{
    unsigned bytes = entry->type & TYPE_SIZE_MASK;
    if (entry->type == TYPE_STRING) {
        uint16_t size = (uint16_t)(entry->value[0] | entry->value[1] << 8);
        if (size > room || size > payload_bytes) {
            return false;
        }
        memcpy(to, payload, size);
        to[size > 0 ? size - 1 : 0] = '\0';
        return true;
    }
    if ((entry->type & ~(TYPE_SIGNED | TYPE_SIZE_MASK)) != 0 || bytes == 0 || bytes > 4) {
        return false;
    }
    uint32_t value = 0;
    memcpy(&value, entry->value, bytes);
    bool negative = (entry->type & TYPE_SIGNED) && (entry->value[bytes - 1] & 0x80);
    int32_t number = (int32_t)(negative && bytes < 4 ? value | 0xffffffffu << (8 * bytes) : value);
    snprintf(to, room, negative ? "%ld" : "%lu", (long)number);
    return true;
}

/* The newest entry of that key, on any page: its text. */
static bool find(uint8_t namespace, const char *key, char *to, size_t room)
{
    bool found = false;
    for (unsigned number = 0; number < PAGES; number++) {
        const uint8_t *page = partition[number];
        for (unsigned i = 0; i < ENTRIES && page_is_valid(page); i++) {
            struct entry entry;
            const uint8_t *place = page + ENTRIES_AT + i * ENTRY_BYTES;
            memcpy(&entry, place, sizeof entry);
            if (!is_written(page, i)) {
                continue;
            }
            if (entry.namespace == namespace && strncmp(entry.key, key, sizeof entry.key) == 0 && is_intact(&entry)) {
                found |= value_text(&entry, place + ENTRY_BYTES, (size_t)(page + PAGE_BYTES - place) - ENTRY_BYTES, to,
                                    room);
            }
            i += entry.span > 0 ? entry.span - 1u : 0;
        }
    }
    return found;
}

bool nvs_text(const char *namespace, const char *key, char *to, size_t room)
{
    char number[12];
    if (!loaded) {
        flash_read(OFFSET, partition, sizeof partition);
        loaded = true;
    }
    /* Namespace 0 holds the numbers of the others. */
    if (!find(0, namespace, number, sizeof number)) {
        return false;
    }
    uint8_t index = 0;
    for (const char *digit = number; *digit != '\0'; digit++) {
        index = (uint8_t)(index * 10 + (*digit - '0'));
    }
    return find(index, key, to, room);
}
