/* Where the board lets an image be put. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "boot/image.h"

/* Whether that much may be copied there: it is memory, and not the loader's own. */
bool memory_takes(uint32_t address, uint32_t bytes);

/* Whether the CPU is to read it from flash, where it is. */
bool memory_is_mapped(uint32_t address);

/* Leaves the loader for good. */
_Noreturn void memory_start(const struct image *image, const void *boot_parameters);
