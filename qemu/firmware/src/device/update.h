/* One firmware update: from the request to the other slot in pages of 4 KiB, no range, no second try (xiaozhi-esp32, main/ota.cc). */
#pragma once

#include <stdbool.h>

/* Whether the other slot boots next; logged. */
bool update_run(const char *url);
