/* One attempt to open the audio channel, from the URL to the server's hello. */
#pragma once

#include <stdbool.h>

#include "client/fault.h"
#include "device/wire.h"

struct attempt {
    struct fault fault;  /* reason is REASON_NONE when it ended well */
    struct server_hello hello;
};

/* Waits for the end, with the main loop turning. The websocket is open afterwards when it ended well, and also when the
 * profile leaves a connection without hello open. early_hello, which may be NULL, came after the attempt before had
 * given up, and satisfies this one's wait. */
void attempt_run(struct attempt *attempt, struct websocket *websocket, const struct server_hello *early_hello);
