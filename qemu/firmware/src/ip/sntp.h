/* Asks a time server once. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Unix seconds; false when there is no such host or no answer after three questions. */
bool sntp_ask(const char *host, int64_t *unix_seconds);
