/* Values that survive a restart and a power cut at any moment: a log of records in two flash sectors. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_VALUE_BYTES_MAX 1024

enum store_key { STORE_BOOT_COUNT = 1, STORE_WEBSOCKET = 2, STORE_MQTT = 3, STORE_KEYS };

struct store_options {
    uint32_t sector_bytes_max; /* what of each sector is used, 0: all of it; a small one is full soon */
    bool counts_early;         /* a sector that replaces a full one counts before the new value is in it: the mistake to be found */
};

/* False when the board has nowhere to store. */
bool store_open(struct store_options options);

/* The value's size, cut to the room there is; 0 when there is none. */
size_t store_read(enum store_key key, void *to, size_t room);
void store_write(enum store_key key, const void *value, size_t count);
