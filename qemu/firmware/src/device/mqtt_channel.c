#include "device/mqtt_channel.h"

#include <stdio.h>
#include <string.h>

#include "device/broker.h"
#include "device/conversation.h"
#include "device/voice.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "settings/settings.h"

#define HELLO_MILLISECONDS_MAX 10000

static const char TAG[] = "MQTT";
static const char FIELDLOOP[] = "fieldloop";
static const char HELLO[] =
    "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\",\"features\":{\"mcp\":true,\"glyph_push\":false},"
    "\"audio_params\":{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";

static struct {
    char session_id[SESSION_ID_BYTES]; /* of the last hello; empty since the device said its own */
    bool open;
    bool broken;
} here;

/* With a message that cannot be sent a channel does not count as open any more. */
static bool send_text(void *transport, const char *json)
{
    (void)transport;
    bool sent = broker_publish(json);
    here.broken |= !sent;
    return sent;
}

static void send_voice(void *transport, const uint8_t *opus, size_t count)
{
    (void)transport;
    voice_send(opus, count);
}

static const struct channel channel = {send_text, send_voice, NULL};

static void listen_idly(void)
{
    static const struct server_hello none = {.frame_milliseconds = 60};
    here.open = false;
    conversation_begin(&channel, &none);
}

void mqtt_channel_boot(void)
{
    struct attempt attempt;
    listen_idly();
    broker_start(&attempt);
}

/* A hello changes key, sequences and place of voice whenever it is read. */
static bool accept_hello(const struct message *message, struct server_hello *hello)
{
    if (!json_equals(json_member(message->body, "transport"), "udp")) {
        LOGE(TAG, "Unsupported or missing transport");
        return false;
    }
    wire_take_hello(message, hello);
    if (hello->session_id[0] != '\0') {
        strcpy(here.session_id, hello->session_id);
        LOGI(TAG, "Session ID: %s", here.session_id);
    }
    return voice_take_offer(json_member(message->body, "udp"));
}

/* Whether it is the open channel that is meant. */
static bool take_goodbye(const struct message *message)
{
    char session_id[SESSION_ID_BYTES];
    struct json named = json_member(message->body, "session_id");
    json_copy_string(named, session_id, sizeof session_id);
    LOGI(TAG, "Received goodbye message, session_id: %s", json_is_string(named) ? session_id : "null");
    return json_is_string(named) ? strcmp(session_id, here.session_id) == 0 : settings.profile->obeys_any_goodbye;
}

static bool read_message(const uint8_t *bytes, size_t count, struct message *message)
{
    switch (wire_parse(bytes, count, message)) {
    case WIRE_MESSAGE:
        return true;
    case WIRE_NO_TYPE:
        LOGE(TAG, "Message type is invalid");
        return false;
    default:
        LOGE(TAG, "Failed to parse json message %.*s", (int)count, (const char *)bytes);
        return false;
    }
}

/* A message while a channel is open, or none is; not while a hello is awaited. */
static enum mqtt_channel_news take_message(const uint8_t *bytes, size_t count)
{
    struct message message;
    struct server_hello hello;
    if (!read_message(bytes, count, &message)) {
        return CHANNEL_HEARD;
    }
    if (strcmp(message.type, "hello") == 0) {
        if (accept_hello(&message, &hello) && here.open) {
            conversation_renew(&hello);
        }
    } else if (strcmp(message.type, "goodbye") == 0) {
        return take_goodbye(&message) && here.open ? CHANNEL_GOODBYE : CHANNEL_HEARD;
    } else {
        conversation_take(&message);
    }
    return CHANNEL_HEARD;
}

enum mqtt_channel_news mqtt_channel_poll(void)
{
    const uint8_t *bytes;
    size_t count;
    int opus_bytes = here.open ? voice_receive() : -1;
    if (here.open && here.broken) {
        return CHANNEL_BROKEN;
    }
    if (opus_bytes >= 0) {
        conversation_audio(opus_bytes);
        return CHANNEL_HEARD;
    }
    return broker_next(&bytes, &count) ? take_message(bytes, count) : CHANNEL_QUIET;
}

static bool fail(struct attempt *attempt, enum phase phase, enum reason reason)
{
    attempt->fault.phase = phase;
    attempt->fault.reason = loop_user_gave_up() ? CLOSED_BY_USER : reason;
    return false;
}

static bool reach_broker(struct attempt *attempt)
{
    if (broker_is_connected()) {
        return true;
    }
    LOGI(TAG, "MQTT is not connected, try to connect now");
    bool connected = broker_start(attempt);
    if (!connected && attempt->fault.reason == NOT_CONFIGURED) {
        LOGW("Application", "Alert [circle_xmark] Error: Looking for available service");
    }
    return connected;
}

/* One that is of no use changes nothing; what else comes meanwhile is taken as ever. */
static bool is_hello(struct attempt *attempt, const uint8_t *bytes, size_t count)
{
    struct message message;
    if (!read_message(bytes, count, &message)) {
        return false;
    }
    if (strcmp(message.type, "hello") == 0) {
        return accept_hello(&message, &attempt->hello);
    }
    if (strcmp(message.type, "goodbye") == 0) {
        take_goodbye(&message);
    } else {
        conversation_take(&message);
    }
    return false;
}

static bool exchange_hello(struct attempt *attempt)
{
    uint32_t asked = clock_milliseconds();
    here.session_id[0] = '\0';
    if (!broker_has_topic()) {
        return fail(attempt, PHASE_HELLO, NOT_CONFIGURED);
    }
    if (!wire_send_json(&channel, "hello", NULL, HELLO)) {
        return fail(attempt, PHASE_HELLO, CONNECTION_BROKE);
    }
    while (clock_milliseconds() - asked < HELLO_MILLISECONDS_MAX && !loop_is_cancelled()) {
        const uint8_t *bytes;
        size_t count;
        if (!broker_next(&bytes, &count)) {
            loop_turn(LOOP_TURN_MILLISECONDS);
        } else if (is_hello(attempt, bytes, count)) {
            return true;
        }
    }
    if (!loop_user_gave_up()) {
        LOGE(TAG, "Failed to receive server hello");
        LOGW("Application", "Alert [circle_xmark] Error: Waiting for response timeout");
    }
    return fail(attempt, PHASE_HELLO, HELLO_TIMEOUT);
}

static bool open_voice(struct attempt *attempt)
{
    if (voice_open()) {
        return true;
    }
    LOGE(TAG, "Failed to connect UDP audio channel");
    return fail(attempt, PHASE_HELLO, VOICE_UNREACHABLE);
}

void mqtt_channel_run(struct attempt *attempt)
{
    uint32_t started = clock_milliseconds();
    uint32_t connected = started;
    memset(attempt, 0, sizeof *attempt);
    LOGD(FIELDLOOP, "attempt started url=mqtt://%s", settings.mqtt_endpoint);
    here.open = reach_broker(attempt);
    if (here.open) {
        connected = clock_milliseconds();
        here.open = exchange_hello(attempt) && open_voice(attempt);
    }
    here.broken = false;
    uint32_t now = clock_milliseconds();
    if (here.open) {
        LOGD(FIELDLOOP, "online elapsed-ms=%lu connect-ms=%lu hello-ms=%lu session=%s", (unsigned long)(now - started),
             (unsigned long)(connected - started), (unsigned long)(now - connected), here.session_id);
        attempt->fault.reason = REASON_NONE;
        conversation_begin(&channel, &attempt->hello);
    } else {
        fault_log_refusal(&attempt->fault, now - started);
    }
    LOGI(FIELDLOOP, "heap free=%lu low=%lu", (unsigned long)heap_free_bytes(), (unsigned long)heap_low_bytes());
}

void mqtt_channel_close(enum reason reason)
{
    bool by_server = reason == CLOSED_BY_SERVER;
    bool goodbye = settings.profile->obeys_any_goodbye || !by_server;
    voice_close();
    listen_idly();
    if (!by_server && reason != CLOSED_BY_USER) {
        return;
    }
    if (!settings.profile->obeys_any_goodbye) {
        LOGI(TAG, "Closing audio channel, send_goodbye: %d", goodbye);
    }
    if (goodbye) {
        char json[SESSION_ID_BYTES + 48];
        snprintf(json, sizeof json, "{\"session_id\":\"%s\",\"type\":\"goodbye\"}", here.session_id);
        wire_send_json(&channel, "goodbye", NULL, json);
    }
}
