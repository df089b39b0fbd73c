/* Frames of an upgraded connection: masked ones out, messages in. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/profile.h"
#include "net/byte_buffer.h"
#include "net/connection.h"

#define OPCODE_TEXT   1
#define OPCODE_BINARY 2
#define OPCODE_CLOSE  8
#define OPCODE_PING   9
#define OPCODE_PONG   10

/* What the firmware refuses to send more than. */
#define WEBSOCKET_PAYLOAD_BYTES_MAX 65535

struct websocket {
    struct connection connection;
    const struct profile *profile;
    struct byte_buffer input;
    struct byte_buffer fragments;
    size_t consumed; /* of the input, by the message given last */
    bool fragmented; /* a message has begun and not ended */
    uint8_t opcode;  /* of the message that has begun */
};

enum websocket_event {
    WEBSOCKET_NOTHING,
    WEBSOCKET_TEXT,
    WEBSOCKET_BINARY,
    WEBSOCKET_CLOSE,  /* frame */
    WEBSOCKET_BROKEN, /* by a frame this client does not take; logged */
    WEBSOCKET_ENDED,  /* the peer closed the connection */
    WEBSOCKET_LOST,
};

struct websocket_message {
    enum websocket_event event;
    const uint8_t *bytes; /* valid until the next call */
    size_t count;
};

/* What came next; answers pings and skips what is nobody's business by itself. */
struct websocket_message websocket_next(struct websocket *websocket);

/* False when the connection is lost or the payload does not fit a frame. */
bool websocket_send(struct websocket *websocket, uint8_t opcode, const void *payload, size_t count);

void websocket_free(struct websocket *websocket);
