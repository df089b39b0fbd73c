/* From the network to idle: check, ladder of retries, update, activation, choice of a protocol (xiaozhi-esp32, main/application.cc). */
#pragma once

#include <stdbool.h>

/* Ten checks and nine waits between them at the most; goes on with what is stored when all fail. May restart into the other slot. */
void ota_run(void);
