/* The HTTP side of a WebSocket handshake: the request, and what each client makes of the answer. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "client/profile.h"
#include "client/reason.h"
#include "web/url.h"

#define UPGRADE_KEY_BYTES 25 /* 24 characters and the end */

struct identity {
    const char *token; /* may be empty */
    const char *client_id;
    const char *device_id;
    int version;
};

struct upgrade_verdict {
    bool complete; /* false: the answer is not all there yet */
    enum reason failure;
    int status;
    size_t length; /* what of the bytes was the answer */
};

void upgrade_make_key(char key[UPGRADE_KEY_BYTES]);

/* The request's length, or 0 when there is no room for it. */
size_t upgrade_write_request(char *to, size_t room, enum dialect dialect, const struct url *url,
                             const struct identity *identity, const char *key);

struct upgrade_verdict upgrade_judge(const struct profile *profile, const char *key, const char *bytes, size_t count);
