#include "mqtt/mqtt.h"

#include <string.h>

#include "machine/big_endian.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"

#define CONNECT         0x10
#define CONNACK         0x20
#define PUBLISH         0x30
#define PUBACK          0x40
#define PUBREL          0x60
#define PINGREQ         0xc0
#define PINGRESP        0xd0
#define DISCONNECT      0xe0
#define LEVEL_3_1_1     4
#define CLEAN_SESSION   0x02
#define HAS_PASSWORD    0x40
#define HAS_USERNAME    0x80
#define LENGTH_BYTES    4
#define BUFFER_BYTES    1024        /* MQTT_BUFFER_SIZE_BYTE; only the payload of a PUBLISH is read in pieces */
#define NEVER           0xffffffffu

static const char TAG[] = "mqtt_client";

static bool add_string(struct byte_buffer *body, const char *text)
{
    uint8_t length[2];
    size_t count = strlen(text);
    put_u16(length, (uint32_t)count);
    return byte_buffer_append(body, length, sizeof length) && byte_buffer_append(body, text, count);
}

static bool send_packet(struct mqtt *mqtt, uint8_t first, struct byte_buffer *body)
{
    uint8_t head[1 + LENGTH_BYTES] = {first};
    size_t head_bytes = 1;
    size_t left = body->used;
    do {
        head[head_bytes++] = (uint8_t)((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
        left >>= 7;
    } while (left > 0);
    struct byte_buffer packet = {NULL, 0};
    bool sent = byte_buffer_append(&packet, head, head_bytes) && byte_buffer_append(&packet, body->bytes, body->used)
                && connection_write(&mqtt->connection, packet.bytes, packet.used);
    byte_buffer_free(&packet);
    byte_buffer_free(body);
    return sent;
}

/* A password may not stand without a user name, which is an empty one then. */
bool mqtt_send_connect(struct mqtt *mqtt, const struct mqtt_identity *identity)
{
    bool password = identity->password[0] != '\0';
    bool username = password || identity->username[0] != '\0';
    uint8_t fixed[] = {LEVEL_3_1_1, CLEAN_SESSION, 0, 0};
    struct byte_buffer body = {NULL, 0};
    fixed[1] |= (username ? HAS_USERNAME : 0) | (password ? HAS_PASSWORD : 0);
    put_u16(fixed + 2, identity->keepalive_seconds);
    mqtt->keepalive_milliseconds = identity->keepalive_seconds * 1000;
    bool written = add_string(&body, "MQTT") && byte_buffer_append(&body, fixed, sizeof fixed)
                   && add_string(&body, identity->client_id) && (!username || add_string(&body, identity->username))
                   && (!password || add_string(&body, identity->password));
    return send_packet(mqtt, CONNECT, &body) && written;
}

bool mqtt_publish(struct mqtt *mqtt, const char *topic, const char *text)
{
    struct byte_buffer body = {NULL, 0};
    bool written = add_string(&body, topic) && byte_buffer_append(&body, text, strlen(text));
    return send_packet(mqtt, PUBLISH, &body) && written;
}

static bool send_empty(struct mqtt *mqtt, uint8_t first)
{
    struct byte_buffer body = {NULL, 0};
    return send_packet(mqtt, first, &body);
}

static struct mqtt_packet just(enum mqtt_event event)
{
    return (struct mqtt_packet){.event = event};
}

static struct mqtt_packet too_big(void)
{
    LOGE(TAG, "mqtt_message_receive: message is too big, insufficient buffer size");
    return just(MQTT_MALFORMED);
}

static bool is_valid(uint8_t first)
{
    uint8_t flags = first & 0x0f;
    switch (first & 0xf0) {
    case 0:
        return false;
    case PUBLISH:
        return (flags >> 1 & 3) != 3;
    case PUBREL:
        return flags == 2;
    default:
        return flags == 0;
    }
}

/* The bytes of the first byte and the length; 0 while they are not all there, more than 5 when they never will be. */
static size_t read_head(const struct byte_buffer *input, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < LENGTH_BYTES; i++) {
        if (input->used < i + 2) {
            return 0;
        }
        uint8_t next = input->bytes[i + 1];
        *length |= (size_t)(next & 0x7f) << (7 * i);
        if (next < 0x80) {
            return i + 2;
        }
    }
    return LENGTH_BYTES + 2;
}

static struct mqtt_packet take_publish(struct mqtt *mqtt, uint8_t first, const uint8_t *body, size_t count)
{
    size_t id_bytes = (first >> 1 & 3) > 0 ? 2 : 0;
    size_t topic_bytes = count < 2 ? 0 : get_u16(body);
    if (count < 2 + topic_bytes + id_bytes) {
        LOGE(TAG, "deliver_publish: mqtt_get_publish_topic() failed");
        return just(MQTT_MALFORMED);
    }
    const uint8_t *payload = body + 2 + topic_bytes + id_bytes;
    if ((first >> 1 & 3) == 1) {
        struct byte_buffer id = {NULL, 0};
        byte_buffer_append(&id, payload - 2, 2);
        send_packet(mqtt, PUBACK, &id);
    }
    return (struct mqtt_packet){
        .event = MQTT_PUBLISH, .payload = payload, .count = (size_t)(body + count - payload)};
}

static struct mqtt_packet take(struct mqtt *mqtt, uint8_t first, const uint8_t *body, size_t count)
{
    switch (first & 0xf0) {
    case CONNACK:
        if (count < 2) {
            LOGE(TAG, "Invalid MSG_TYPE response: 2, read_len: 1");
            return just(MQTT_MALFORMED);
        }
        mqtt->answered = clock_milliseconds();
        return (struct mqtt_packet){
            .event = MQTT_CONNACK, .return_code = body[1], .session_present = (body[0] & 1) != 0};
    case PUBLISH:
        return take_publish(mqtt, first, body, count);
    case PINGRESP:
        mqtt->answered = clock_milliseconds();
        mqtt->pinged = false;
        return just(MQTT_NOTHING);
    default:
        return (struct mqtt_packet){.event = MQTT_OTHER, .type = first >> 4};
    }
}

/* esp-mqtt asks half a keep-alive after the last answer, whatever it sends meanwhile, and gives up another half later. */
static struct mqtt_packet keep_alive(struct mqtt *mqtt)
{
    uint32_t silence = clock_milliseconds() - mqtt->answered;
    if (mqtt->keepalive_milliseconds == 0 || mqtt->answered == 0 || silence < mqtt->keepalive_milliseconds / 2) {
        return just(MQTT_NOTHING);
    }
    if (mqtt->pinged && silence >= mqtt->keepalive_milliseconds) {
        LOGE(TAG, "No PING_RESP, disconnected");
        return just(MQTT_SILENT);
    }
    if (!mqtt->pinged) {
        mqtt->pinged = true;
        send_empty(mqtt, PINGREQ);
    }
    return just(MQTT_NOTHING);
}

static struct mqtt_packet receive(struct mqtt *mqtt)
{
    int count = byte_buffer_receive(&mqtt->input, &mqtt->connection);
    return count < 0 ? just(count == CONNECTION_CLOSED ? MQTT_ENDED : MQTT_LOST) : keep_alive(mqtt);
}

struct mqtt_packet mqtt_next(struct mqtt *mqtt)
{
    struct mqtt_packet packet = just(MQTT_NOTHING);
    while (packet.event == MQTT_NOTHING) {
        struct byte_buffer *input = &mqtt->input;
        size_t length;
        byte_buffer_drop(input, mqtt->consumed);
        mqtt->consumed = 0;
        if (input->used > 0 && !is_valid(input->bytes[0])) {
            LOGE(TAG, "mqtt_message_receive: received a message with an invalid header=0x%x", input->bytes[0]);
            return just(MQTT_MALFORMED);
        }
        size_t head = read_head(input, &length);
        bool streamed = head > 0 && (input->bytes[0] & 0xf0) == PUBLISH;
        if (head > LENGTH_BYTES + 1
            || (head > 0 && head + length > (streamed ? input->used + heap_free_bytes() : BUFFER_BYTES))) {
            return too_big();
        }
        if (head == 0 || input->used < head + length) {
            size_t before = input->used;
            packet = receive(mqtt);
            if (packet.event != MQTT_NOTHING || input->used == before) {
                return packet;
            }
        } else {
            mqtt->consumed = head + length;
            packet = take(mqtt, input->bytes[0], input->bytes + head, length);
        }
    }
    return packet;
}

uint32_t mqtt_due(const struct mqtt *mqtt)
{
    uint32_t limit = mqtt->pinged ? mqtt->keepalive_milliseconds : mqtt->keepalive_milliseconds / 2;
    uint32_t silence = clock_milliseconds() - mqtt->answered;
    return limit == 0 || mqtt->answered == 0 ? NEVER : silence < limit ? limit - silence : 0;
}

void mqtt_disconnect(struct mqtt *mqtt)
{
    send_empty(mqtt, DISCONNECT);
}

void mqtt_free(struct mqtt *mqtt)
{
    byte_buffer_free(&mqtt->input);
    connection_close(&mqtt->connection);
    memset(mqtt, 0, sizeof *mqtt);
}
