/* What the firmware remembers of the last answer to its check that it could read. */
#pragma once

#include <stdbool.h>

#include "web/json.h"

struct told {
    bool mqtt;
    bool websocket;
    bool new_version;
    bool has_code;
    bool has_challenge;
    char version[64];
    char url[256];
    char message[128];
    char code[16];
    char challenge[96];
};

/* Takes an answer over, section by section; why the firmware aborts on it, or NULL. */
const char *told_take(struct told *told, struct json answer);

/* Both, one or "nothing". */
const char *told_offers(const struct told *told);
