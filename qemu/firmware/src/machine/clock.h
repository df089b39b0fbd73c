/* Time since boot. */
#pragma once

#include <stdint.h>

uint64_t clock_microseconds(void);
uint32_t clock_milliseconds(void);
