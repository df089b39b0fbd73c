/* One sector of a volume in memory. It is written when another takes its place, as FatFs does it (ff.c: move_window,
 * sync_window), so that a power cut finds on the flash what it would find there. */
#pragma once

#include <stdint.h>

#include "machine/flash.h"

#define SECTOR_BYTES_MAX 4096

void window_open(struct flash_files files);

/* Sectors of which each has copies so many sectors further on: the allocation tables. */
void window_copies(uint32_t first, uint32_t count, uint32_t copies);

/* The sector in memory, which it is until the next call. */
uint8_t *window_move(uint32_t sector);

/* What window_move gave was changed. */
void window_touch(void);

void window_flush(void);

/* Room for a sector that is being made. */
extern uint8_t sector_made[SECTOR_BYTES_MAX];

/* What is in memory is no longer what is on the flash. */
void window_forget(void);

/* Past the window: erases and programs it in its place, as ESP-IDF does (diskio_wl.c: ff_wl_write). */
void sector_write(uint32_t sector, const uint8_t *bytes);
