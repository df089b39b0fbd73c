/* What the ESP32's files share. */
#pragma once

#include "machine/board.h"

/* In instruction RAM: code that runs while flash is not mapped. It must use no constants and call nothing elsewhere. */
#define IN_IRAM __attribute__((section(".iram1"), noinline))

#define CACHE_CONTROL    REGISTER32(0x3ff00040u)
#define CACHE_ENABLED    (1u << 3)
#define CACHE_FLUSH      (1u << 4)
#define CACHE_FLUSH_DONE (1u << 5)

/* Lets the CPU read constants and code from flash, from these pages of 64 KiB on. */
void esp32_map_flash(uint32_t rodata, uint32_t text);
