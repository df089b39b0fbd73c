/* Where messages and voice go, whichever transport carries them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct channel {
    bool (*send_text)(void *transport, const char *json); /* false, logged, when it could not be sent */
    void (*send_voice)(void *transport, const uint8_t *opus, size_t count);
    void *transport;
};
