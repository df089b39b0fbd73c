/* The date that somebody has set, which goes on with the clock. */
#pragma once

#include <stdint.h>

/* Unix seconds now, from that source; logged. */
void date_set(int64_t unix_seconds, const char *source);
