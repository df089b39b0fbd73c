/* Which slot boots: two copies of ESP-IDF's esp_ota_select_entry_t, each in a sector of its own (esp_flash_partitions.h). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum otadata_state {
    OTADATA_NEW = 0,
    OTADATA_PENDING = 1, /* on trial */
    OTADATA_VALID = 2,
    OTADATA_INVALID = 3,
    OTADATA_ABORTED = 4
};

struct otadata_entry {
    uint32_t sequence; /* slot + 1, plus a multiple of the number of slots */
    uint8_t label[20];
    uint32_t state;
    uint32_t crc;
};

struct otadata_place {
    uint32_t offset;
    uint32_t sector_bytes;
};

void otadata_read(struct otadata_place place, struct otadata_entry entries[2]);

/* Makes an entry's CRC, erases its sector and programs it. */
void otadata_write(struct otadata_place place, int sector, struct otadata_entry *entry);

/* An entry of that sequence and state. */
struct otadata_entry otadata_entry_of(uint32_t sequence, enum otadata_state state);

/* Erased, or given up. */
bool otadata_says_nothing(const struct otadata_entry *entry);

/* Erased, or torn by a power cut. */
bool otadata_was_never_written(const struct otadata_entry *entry);

/* The one of the two that holds, by its sector; -1 where neither does. */
int otadata_active(const struct otadata_entry entries[2]);
