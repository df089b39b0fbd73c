#include "files/window.h"

#include <stdbool.h>

#define NONE UINT32_MAX

static struct flash_files place;
static uint8_t window[SECTOR_BYTES_MAX] __attribute__((aligned(4)));
uint8_t sector_made[SECTOR_BYTES_MAX] __attribute__((aligned(4)));
static uint32_t current = NONE;
static bool touched;
static uint32_t copied_first;
static uint32_t copied_count;
static uint32_t copies_more;

static uint32_t offset_of(uint32_t sector)
{
    return place.offset + sector * place.block_bytes;
}

void window_open(struct flash_files files)
{
    place = files;
    copied_count = 0;
    window_forget();
}

void window_copies(uint32_t first, uint32_t count, uint32_t copies)
{
    copied_first = first;
    copied_count = count;
    copies_more = copies - 1;
}

void window_forget(void)
{
    current = NONE;
    touched = false;
}

uint8_t *window_move(uint32_t sector)
{
    if (sector != current) {
        window_flush();
        flash_read(offset_of(sector), window, place.sector_bytes);
        current = sector;
    }
    return window;
}

void window_touch(void)
{
    touched = true;
}

void window_flush(void)
{
    if (!touched) {
        return;
    }
    touched = false;
    sector_write(current, window);
    for (uint32_t i = 1; i <= copies_more && current - copied_first < copied_count; i++) {
        sector_write(current + i * copied_count, window);
    }
}

void sector_write(uint32_t sector, const uint8_t *bytes)
{
    flash_erase_sector(offset_of(sector));
    flash_program(offset_of(sector), bytes, place.sector_bytes);
}
