/* All in one RAM: an image's memory ends where the notes for the next start lie, and the loader is behind them. */
#include "loader/memory.h"

#define IMAGE_RAM_BEGIN 0x60000000u

extern char _reset_note[];

bool memory_takes(uint32_t address, uint32_t bytes)
{
    uint32_t end = (uint32_t)(uintptr_t)_reset_note;
    return address >= IMAGE_RAM_BEGIN && address <= end && bytes <= end - address;
}

bool memory_is_mapped(uint32_t address)
{
    (void)address;
    return false;
}

_Noreturn void memory_start(const struct image *image, const void *boot_parameters)
{
    ((void (*)(const void *))(uintptr_t)image->entry)(boot_parameters);
    __builtin_unreachable();
}
