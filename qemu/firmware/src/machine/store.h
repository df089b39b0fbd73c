/* Values that survive a restart and a power cut at any moment: a log of records in two flash sectors. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_VALUE_BYTES_MAX 1024

enum store_key { STORE_BOOT_COUNT = 1, STORE_WEBSOCKET = 2, STORE_MQTT = 3, STORE_KEYS };

/* False when the board has nowhere to store. */
bool store_open(void);

/* The value's size, cut to the room there is; 0 when there is none. */
size_t store_read(enum store_key key, void *to, size_t room);
void store_write(enum store_key key, const void *value, size_t count);
