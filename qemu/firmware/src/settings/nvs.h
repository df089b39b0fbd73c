/* Reads ESP-IDF's NVS partition, format version 2; never writes it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A string, or an integer in decimal; false when the key is not there, or is something else, or does not fit. */
bool nvs_text(const char *namespace, const char *key, char *to, size_t room);
