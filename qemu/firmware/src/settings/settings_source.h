/* Where a setting's value stands: the boot's text of key=value settings, or the board's NVS partition. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The value as text; false, and "" in its place, when it is not given. */
bool settings_text(const char *key, char *to, size_t room);

/* The same of a text of such settings. */
bool settings_text_in(const char *text, const char *key, char *to, size_t room);

/* A number, in decimal; otherwise when it is not given. */
uint32_t settings_number(const char *key, uint32_t otherwise);

/* A stretch of bytes, given in base64; 0 when it is not given or does not fit. */
size_t settings_base64(const char *key, uint8_t *to, size_t room);
