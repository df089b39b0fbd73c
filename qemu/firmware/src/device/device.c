#include "device/device.h"

#include <stdio.h>
#include <string.h>

#include "device/attempt.h"
#include "device/audio.h"
#include "device/broker.h"
#include "device/conversation.h"
#include "device/mqtt_channel.h"
#include "device/state.h"
#include "device/turn.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "settings/settings.h"

/* IsAudioChannelOpened() compares whole seconds, so the limit of 120 s strikes at 121. */
#define IDLE_SECONDS_MAX 120
#define NEVER            0xffffffffu

static const char TAG[] = "fieldloop";

enum channel_state {
    CHANNEL_NONE,
    CHANNEL_OPEN,
    CHANNEL_LEFT, /* the hello did not come in time, and nobody has closed the connection yet */
};

static enum channel_state channel;
static struct websocket websocket;
static uint64_t last_incoming; /* microseconds */

/* The event bit that nobody clears: a hello that comes after an attempt satisfies the next one. */
static bool hello_is_early;
static struct server_hello early_hello;

static bool reconnect_is_due;
static uint32_t reconnect_at;

static void schedule_reconnect(enum reason reason)
{
    if (settings.reconnect_seconds > 0 && reason != CLOSED_BY_USER) {
        reconnect_is_due = true;
        reconnect_at = clock_milliseconds() + settings.reconnect_seconds * 1000;
        LOGD(TAG, "reconnect scheduled in-ms=%lu", (unsigned long)settings.reconnect_seconds * 1000);
    }
}

static void log_offline(enum reason reason, bool lost)
{
    char code[24] = "";
    if (lost) {
        int error = connection_error(&websocket.connection);
        snprintf(code, sizeof code, error != 0 ? " code=-0x%04X" : " code=0x%x", error != 0 ? (unsigned)-error : 0x68u);
    }
    LOGD(TAG, "offline reason=%s%s", reason_name(reason), code);
}

static void close_channel(enum reason reason, bool lost)
{
    channel = CHANNEL_NONE;
    log_offline(reason, lost);
    conversation_end(reason);
    if (settings.speaks_mqtt) {
        mqtt_channel_close(reason);
    } else {
        websocket_free(&websocket);
    }
    state_enter(STATE_IDLE);
    schedule_reconnect(reason);
}

static bool is_timed_out(void)
{
    unsigned long seconds = (unsigned long)((clock_microseconds() - last_incoming) / 1000000u);
    if (seconds > IDLE_SECONDS_MAX) {
        LOGE("Protocol", "Channel timeout %lu seconds", seconds);
    }
    return seconds > IDLE_SECONDS_MAX;
}

/* The firmware deletes the old WebSocket object first. */
static void forget_left(void)
{
    if (channel == CHANNEL_LEFT) {
        websocket_free(&websocket);
        channel = CHANNEL_NONE;
    }
}

static void run_attempt(struct attempt *attempt)
{
    bool early = hello_is_early;
    hello_is_early = false;
    if (settings.speaks_mqtt) {
        mqtt_channel_run(attempt);
        return;
    }
    attempt_run(attempt, &websocket, early ? &early_hello : NULL);
    if (attempt->fault.reason == REASON_NONE) {
        struct channel opened = wire_over_websocket(&websocket);
        conversation_begin(&opened, &attempt->hello);
    }
}

static void open_channel(void)
{
    struct attempt attempt;
    reconnect_is_due = false;
    forget_left();
    loop_resume();
    state_enter(STATE_CONNECTING);
    run_attempt(&attempt);
    loop_resume();
    if (attempt.fault.reason == REASON_NONE) {
        channel = CHANNEL_OPEN;
        last_incoming = clock_microseconds();
        state_enter(STATE_IDLE);
        return;
    }
    bool left = attempt.fault.reason == HELLO_TIMEOUT && settings.profile->keeps_late_hello && !settings.speaks_mqtt;
    channel = left ? CHANNEL_LEFT : CHANNEL_NONE;
    state_enter(STATE_IDLE);
    schedule_reconnect(attempt.fault.reason);
}

void device_connect(void)
{
    if (channel == CHANNEL_OPEN && is_timed_out()) {
        close_channel(CHANNEL_TIMEOUT, false);
    }
    if (channel != CHANNEL_OPEN) {
        open_channel();
    }
}

void device_disconnect(void)
{
    reconnect_is_due = false;
    loop_resume();
    forget_left();
    if (channel == CHANNEL_OPEN) {
        close_channel(CLOSED_BY_USER, false);
    }
}

void device_talk(uint32_t speech_milliseconds)
{
    enum reason reason = CHANNEL_NOT_OPEN;
    if (channel == CHANNEL_OPEN) {
        if (!is_timed_out()) {
            conversation_talk(speech_milliseconds);
            return;
        }
        close_channel(CHANNEL_TIMEOUT, false);
        reason = CHANNEL_TIMEOUT;
    }
    LOGD(TAG, "turn failed reason=%s elapsed-ms=0", reason_name(reason));
}

void device_abort(void)
{
    if (channel == CHANNEL_OPEN) {
        conversation_abort();
    }
}

static void take_text(const struct websocket_message *received)
{
    struct message message;
    struct server_hello hello;
    if (!wire_read(received->bytes, received->count, &message)) {
        return;
    }
    if (strcmp(message.type, "hello") != 0) {
        conversation_take(&message);
    } else if (wire_accept_hello(&message, &hello)) {
        conversation_renew(&hello);
    }
}

static void take_open(const struct websocket_message *received)
{
    static const uint8_t normal_closure[2] = {1000 >> 8, 1000 & 0xff};
    bool lost = received->event == WEBSOCKET_LOST;
    switch (received->event) {
    case WEBSOCKET_TEXT:
        last_incoming = clock_microseconds();
        take_text(received);
        break;
    case WEBSOCKET_BINARY:
        last_incoming = clock_microseconds();
        conversation_audio(audio_packet_bytes((int)settings.version, received->bytes, received->count));
        break;
    case WEBSOCKET_BROKEN:
        close_channel(CONNECTION_BROKE, false);
        break;
    case WEBSOCKET_CLOSE:
        if (settings.profile->answers_close) {
            websocket_send(&websocket, OPCODE_CLOSE, normal_closure, sizeof normal_closure);
        }
        /* fall through */
    case WEBSOCKET_ENDED:
    case WEBSOCKET_LOST:
        if (lost) {
            fault_log_loss(settings.profile, websocket.connection.tls != NULL, connection_error(&websocket.connection));
        }
        LOGI("WS", "Websocket disconnected");
        close_channel(lost ? CONNECTION_BROKE : CLOSED_BY_SERVER, lost);
        break;
    case WEBSOCKET_NOTHING:
        break;
    }
}

static void take_left(const struct websocket_message *received)
{
    struct message message;
    if (received->event == WEBSOCKET_TEXT && wire_read(received->bytes, received->count, &message)) {
        hello_is_early |= strcmp(message.type, "hello") == 0 && wire_accept_hello(&message, &early_hello);
    } else if (received->event == WEBSOCKET_CLOSE || received->event == WEBSOCKET_ENDED
               || received->event == WEBSOCKET_LOST || received->event == WEBSOCKET_BROKEN) {
        LOGI("WS", "Websocket disconnected");
        forget_left();
    }
}

static void poll_channel(void)
{
    while (channel != CHANNEL_NONE) {
        struct websocket_message received = websocket_next(&websocket);
        if (received.event == WEBSOCKET_NOTHING) {
            return;
        }
        if (channel == CHANNEL_OPEN) {
            take_open(&received);
        } else {
            take_left(&received);
        }
    }
}

static uint32_t poll_mqtt(void)
{
    for (;;) {
        enum mqtt_channel_news news = mqtt_channel_poll();
        if (news == CHANNEL_QUIET) {
            return broker_poll();
        }
        last_incoming = clock_microseconds();
        if (channel == CHANNEL_OPEN && news != CHANNEL_HEARD) {
            close_channel(news == CHANNEL_GOODBYE ? CLOSED_BY_SERVER : CONNECTION_BROKE, false);
        }
    }
}

static uint32_t poll_transport(void)
{
    if (settings.speaks_mqtt) {
        return poll_mqtt();
    }
    poll_channel();
    return NEVER;
}

uint32_t device_poll(void)
{
    uint32_t due = poll_transport();
    uint32_t wait = turn_poll();
    wait = due < wait ? due : wait;
    if (!reconnect_is_due) {
        return wait;
    }
    int32_t left = (int32_t)(reconnect_at - clock_milliseconds());
    if (left > 0) {
        return (uint32_t)left < wait ? (uint32_t)left : wait;
    }
    open_channel();
    return 0;
}
