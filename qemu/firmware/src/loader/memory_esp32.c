/* Instruction and data RAM below the loader's own; constants and code are read from flash, where they lie. */
#include "loader/memory.h"
#include "machine/esp32.h"

#define PAGE_BYTES 0x10000u

struct range {
    uint32_t begin;
    uint32_t end;
};

/* Up to what the loader has of each: ld/esp32-loader.ld. */
static const struct range IRAM = {0x40080000, 0x40090000};
static const struct range DRAM = {0x3ffae000, 0x3fff0000};
static const struct range CONSTANTS = {0x3f400000, 0x3f800000};
static const struct range CODE = {0x400d0000, 0x40400000};

static bool is_in(struct range range, uint32_t address, uint32_t bytes)
{
    return address >= range.begin && address <= range.end && bytes <= range.end - address;
}

bool memory_takes(uint32_t address, uint32_t bytes)
{
    return is_in(IRAM, address, bytes) || is_in(DRAM, address, bytes);
}

bool memory_is_mapped(uint32_t address)
{
    return is_in(CONSTANTS, address, 1) || is_in(CODE, address, 1);
}

/* The page of flash that a range begins with; slots begin with one, and an image's segments are as far into theirs as their addresses. */
static uint32_t first_page(const struct image *image, struct range range)
{
    for (int i = 0; i < image->segments; i++) {
        if (is_in(range, image->segment[i].address, 1)) {
            return image->segment[i].offset / PAGE_BYTES;
        }
    }
    return 0;
}

_Noreturn void memory_start(const struct image *image, const void *boot_parameters)
{
    esp32_map_flash(first_page(image, CONSTANTS), first_page(image, CODE));
    ((void (*)(const void *))(uintptr_t)image->entry)(boot_parameters);
    __builtin_unreachable();
}
