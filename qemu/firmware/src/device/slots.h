/* The two OTA slots and what otadata says of them, in ESP-IDF's format, with rollback as xiaozhi-esp32 is built
 * (BOOTLOADER_APP_ROLLBACK_ENABLE): a new image boots once on trial, and if it restarts before it is marked valid, the other one boots. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SLOT_VERSION_BYTES 32

/* What the loader chose. Where there is none: does its part, says what it gave up, and what runs is what was there before. */
void slots_boot(void);

const char *slots_running(void);
const char *slots_other(void);

/* Of the running image. */
const char *slots_version(void);
bool slots_on_trial(void);
void slots_mark_valid(void);

/* Where the other slot begins, and its size; 0 where there is none. */
uint32_t slots_other_offset(void);
uint32_t slots_other_bytes(void);

/* Erases what is needed and programs it; bytes are a multiple of four. */
void slots_write(uint32_t at, const uint8_t *bytes, size_t count);

/* Whether a whole image that boots is there: header, segments, checksum, digest (ESP-IDF, esp_image_format.c). */
bool slots_other_is_valid(uint32_t image_bytes);

/* The other slot boots next; gives its image's version. */
void slots_install(char version[SLOT_VERSION_BYTES]);
