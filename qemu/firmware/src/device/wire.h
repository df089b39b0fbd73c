/* Messages on the channel: JSON and Opus packets out, and the reading of messages that is the same before and after hello. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/channel.h"
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

/* An upgraded connection as a channel. */
struct channel wire_over_websocket(struct websocket *websocket);

/* Sends and logs it; state may be NULL. False, logged, when it could not be sent. */
bool wire_send_json(const struct channel *channel, const char *type, const char *state, const char *json);

enum wire_reading { WIRE_MESSAGE, WIRE_NO_TYPE, WIRE_NO_JSON };

/* Reads and logs a message; what it is not is for the transport to say. */
enum wire_reading wire_parse(const uint8_t *bytes, size_t count, struct message *message);

/* The same of what came over WebSocket: false, logged, when the text has no type. */
bool wire_read(const uint8_t *bytes, size_t count, struct message *message);

/* Session, which may be empty, and frame duration of a server's hello. */
void wire_take_hello(const struct message *message, struct server_hello *hello);

/* False, logged, when the server's hello names a transport this device does not speak. */
bool wire_accept_hello(const struct message *message, struct server_hello *hello);

void wire_send_hello(struct websocket *websocket);
