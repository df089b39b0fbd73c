#include "web/websocket.h"

#include <string.h>

#include "machine/heap.h"
#include "machine/log.h"
#include "tls/random.h"

#define FIN                 0x80
#define MASKED              0x80
#define HEADER_BYTES_MAX    14
#define CONTROL_BYTES_MAX   125
#define OPCODE_CONTINUATION 0

static const char TAG[] = "WebSocket";

struct frame {
    bool fin;
    bool masked;
    uint8_t opcode;
    uint64_t length;
    size_t header_bytes;
    uint8_t mask[4];
};

static bool read_header(const struct byte_buffer *input, struct frame *frame)
{
    const uint8_t *bytes = input->bytes;
    if (input->used < 2) {
        return false;
    }
    unsigned short_length = bytes[1] & 0x7f;
    unsigned length_bytes = short_length == 127 ? 8 : short_length == 126 ? 2 : 0;
    frame->fin = bytes[0] & FIN;
    frame->opcode = bytes[0] & 0x0f;
    frame->masked = bytes[1] & MASKED;
    frame->header_bytes = 2 + length_bytes + (frame->masked ? 4 : 0);
    if (input->used < frame->header_bytes) {
        return false;
    }
    frame->length = length_bytes == 0 ? short_length : 0;
    for (unsigned i = 0; i < length_bytes; i++) {
        frame->length = frame->length << 8 | bytes[2 + i];
    }
    if (frame->masked) {
        memcpy(frame->mask, bytes + 2 + length_bytes, sizeof frame->mask);
    }
    return true;
}

static struct websocket_message just(enum websocket_event event)
{
    return (struct websocket_message){.event = event};
}

static struct websocket_message deliver(uint8_t opcode, const uint8_t *bytes, size_t count)
{
    return (struct websocket_message){opcode == OPCODE_BINARY ? WEBSOCKET_BINARY : WEBSOCKET_TEXT, bytes, count};
}

static struct websocket_message take_data(struct websocket *websocket, const struct frame *frame, const uint8_t *bytes)
{
    size_t count = (size_t)frame->length;
    if (frame->opcode != OPCODE_CONTINUATION) {
        if (websocket->fragmented) {
            LOGE(TAG, "Received new message frame while still fragmenting");
            return just(WEBSOCKET_NOTHING);
        }
        websocket->opcode = frame->opcode;
        byte_buffer_free(&websocket->fragments);
    }
    if (frame->fin && !websocket->fragmented) {
        return deliver(websocket->opcode, bytes, count);
    }
    if (!byte_buffer_append(&websocket->fragments, bytes, count)) {
        LOGE(TAG, "Message does not fit");
        return just(WEBSOCKET_BROKEN);
    }
    websocket->fragmented = !frame->fin;
    return frame->fin ? deliver(websocket->opcode, websocket->fragments.bytes, websocket->fragments.used)
                      : just(WEBSOCKET_NOTHING);
}

static struct websocket_message take_frame(struct websocket *websocket, const struct frame *frame, uint8_t *bytes)
{
    size_t count = (size_t)frame->length;
    for (size_t i = 0; frame->masked && i < count; i++) {
        bytes[i] ^= frame->mask[i % 4];
    }
    switch (frame->opcode) {
    case OPCODE_CONTINUATION:
    case OPCODE_TEXT:
    case OPCODE_BINARY:
        return take_data(websocket, frame, bytes);
    case OPCODE_CLOSE:
        return just(WEBSOCKET_CLOSE);
    case OPCODE_PING:
        if (count <= CONTROL_BYTES_MAX && websocket_send(websocket, OPCODE_PONG, bytes, count)) {
            LOGD("fieldloop", "pong sent bytes=%u", (unsigned)count);
        }
        return just(WEBSOCKET_NOTHING);
    case OPCODE_PONG:
        return just(WEBSOCKET_NOTHING);
    default:
        LOGE(TAG, "Unknown opcode: %d", frame->opcode);
        return just(websocket->profile->skips_unknown_opcodes ? WEBSOCKET_NOTHING : WEBSOCKET_BROKEN);
    }
}

static struct websocket_message receive(struct websocket *websocket)
{
    int count = byte_buffer_receive(&websocket->input, &websocket->connection);
    return just(count >= 0                    ? WEBSOCKET_NOTHING
                : count == CONNECTION_CLOSED ? WEBSOCKET_ENDED
                                             : WEBSOCKET_LOST);
}

/* Frames that bring nothing to the caller are passed over; the loop ends when more bytes are needed. */
struct websocket_message websocket_next(struct websocket *websocket)
{
    struct websocket_message message = just(WEBSOCKET_NOTHING);
    while (message.event == WEBSOCKET_NOTHING) {
        struct frame frame;
        byte_buffer_drop(&websocket->input, websocket->consumed);
        websocket->consumed = 0;
        bool known = read_header(&websocket->input, &frame);
        if (known && frame.length > heap_free_bytes()) {
            LOGE(TAG, "Frame of %lu bytes does not fit", (unsigned long)frame.length);
            return just(WEBSOCKET_BROKEN);
        }
        if (known && frame.masked && !websocket->profile->accepts_masked_frames) {
            LOGE(TAG, "Masked frame from the server");
            return just(WEBSOCKET_BROKEN);
        }
        if (!known || websocket->input.used < frame.header_bytes + frame.length) {
            size_t before = websocket->input.used;
            message = receive(websocket);
            if (message.event != WEBSOCKET_NOTHING || websocket->input.used == before) {
                return message;
            }
        } else {
            websocket->consumed = frame.header_bytes + (size_t)frame.length;
            message = take_frame(websocket, &frame, websocket->input.bytes + frame.header_bytes);
        }
    }
    return message;
}

bool websocket_send(struct websocket *websocket, uint8_t opcode, const void *payload, size_t count)
{
    uint8_t *frame = count > WEBSOCKET_PAYLOAD_BYTES_MAX ? NULL : heap_alloc(HEADER_BYTES_MAX + count);
    if (frame == NULL) {
        LOGE(TAG, "Data too large, maximum supported size is 65535 bytes");
        return false;
    }
    size_t header = 2;
    frame[0] = FIN | opcode;
    frame[1] = MASKED | (uint8_t)(count < 126 ? count : 126);
    if (count >= 126) {
        frame[2] = (uint8_t)(count >> 8);
        frame[3] = (uint8_t)count;
        header = 4;
    }
    uint8_t *mask = frame + header;
    uint8_t *masked = mask + 4;
    random_bytes(mask, 4);
    for (size_t i = 0; i < count; i++) {
        masked[i] = ((const uint8_t *)payload)[i] ^ mask[i % 4];
    }
    bool sent = connection_write(&websocket->connection, frame, header + 4 + count);
    heap_free(frame);
    return sent;
}

void websocket_free(struct websocket *websocket)
{
    byte_buffer_free(&websocket->input);
    byte_buffer_free(&websocket->fragments);
    connection_close(&websocket->connection);
    websocket->consumed = 0;
    websocket->fragmented = false;
}
