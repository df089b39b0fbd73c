/* Time since boot, and the date that somebody has set. */
#pragma once

#include <stdint.h>

uint64_t clock_microseconds(void);
uint32_t clock_milliseconds(void);

/* Unix seconds now, in the given source's words; logged. */
void clock_set_date(int64_t unix_seconds, const char *source);
int64_t clock_date(void);
