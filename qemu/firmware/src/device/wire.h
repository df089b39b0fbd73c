/* Messages on the channel: JSON and Opus packets out, and the reading of messages that is the same before and after hello. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/json.h"
#include "web/websocket.h"

#define SESSION_ID_BYTES 128

struct message {
    struct json body;
    char type[24];
    char state[24]; /* may be empty */
};

struct server_hello {
    char session_id[SESSION_ID_BYTES]; /* may be empty */
    uint32_t frame_milliseconds;
};

/* Sends and logs it; state may be NULL. */
void wire_send_json(struct websocket *websocket, const char *type, const char *state, const char *json);

/* False, logged, when the text has no type. */
bool wire_read(const uint8_t *bytes, size_t count, struct message *message);

/* False, logged, when the server's hello names a transport this device does not speak. */
bool wire_accept_hello(const struct message *message, struct server_hello *hello);

void wire_send_hello(struct websocket *websocket);
