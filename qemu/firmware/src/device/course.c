/* From the open connection to the server's hello. */
#include "device/course.h"

#include <string.h>

#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "settings/settings.h"
#include "web/upgrade.h"

#define UPGRADE_MILLISECONDS_MAX 10000
#define HELLO_MILLISECONDS_MAX   10000
#define REQUEST_BYTES_MAX        1400

/* The xiaozhi client hears of a lost connection but goes on waiting. */
static bool notices_loss(struct course *course, int result, bool *told)
{
    if (result >= 0 || *told) {
        return false;
    }
    *told = true;
    if (result == CONNECTION_LOST) {
        fault_log_loss(settings.profile, course->url.tls, connection_error(course->connection));
    }
    return settings.profile->notices_loss;
}

static bool send_request(struct course *course, const char *key)
{
    char request[REQUEST_BYTES_MAX];
    struct identity identity = {settings.token, settings.client_id, settings.device_id, (int)settings.version};
    size_t length = upgrade_write_request(request, sizeof request, settings.profile->dialect, &course->url, &identity, key);
    return length > 0 && connection_write(course->connection, request, length);
}

static bool await_answer(struct course *course, const char *key, uint32_t requested)
{
    struct websocket *websocket = course->websocket;
    bool told = false;
    while (clock_milliseconds() - requested < UPGRADE_MILLISECONDS_MAX && !loop_is_cancelled()) {
        int count = told ? 0 : byte_buffer_receive(&websocket->input, &websocket->connection);
        struct upgrade_verdict verdict =
            upgrade_judge(settings.profile, key, (const char *)websocket->input.bytes, websocket->input.used);
        if (verdict.complete) {
            websocket->consumed = verdict.length;
            if (verdict.failure == REASON_NONE) {
                return true;
            }
            course->attempt->fault.status = verdict.status;
            return course_fail(course, PHASE_UPGRADE, verdict.failure);
        }
        if (notices_loss(course, count, &told)) {
            return course_fail(course, PHASE_UPGRADE, count == CONNECTION_CLOSED ? CLOSED_BY_SERVER : CONNECTION_BROKE);
        }
        if (count <= 0) {
            loop_turn(LOOP_TURN_MILLISECONDS);
        }
    }
    return course_fail(course, PHASE_UPGRADE, UPGRADE_TIMEOUT);
}

bool course_upgrade(struct course *course)
{
    char key[UPGRADE_KEY_BYTES];
    upgrade_make_key(key);
    uint32_t requested = clock_milliseconds();
    if (!send_request(course, key)) {
        return course_fail(course, PHASE_UPGRADE, CONNECTION_BROKE);
    }
    if (!await_answer(course, key, requested)) {
        return false;
    }
    course->upgraded = clock_milliseconds();
    LOGD("fieldloop", "upgraded elapsed-ms=%lu", (unsigned long)(course->upgraded - requested));
    return true;
}

enum hello_wait { HELLO_AWAITED, HELLO_CAME, HELLO_FAILED };

static enum hello_wait take_message(struct course *course, const struct websocket_message *received, bool *told)
{
    struct message message;
    switch (received->event) {
    case WEBSOCKET_TEXT:
        if (!wire_read(received->bytes, received->count, &message) || strcmp(message.type, "hello") != 0) {
            return HELLO_AWAITED;
        }
        if (wire_accept_hello(&message, &course->attempt->hello)) {
            return HELLO_CAME;
        }
        if (settings.profile->dialect == DIALECT_RFC_6455) {
            course_fail(course, PHASE_HELLO, UNSUPPORTED_TRANSPORT);
            return HELLO_FAILED;
        }
        return HELLO_AWAITED;
    case WEBSOCKET_BROKEN:
        course_fail(course, PHASE_HELLO, CONNECTION_BROKE);
        return HELLO_FAILED;
    case WEBSOCKET_CLOSE:
    case WEBSOCKET_ENDED:
    case WEBSOCKET_LOST:
        if (notices_loss(course, received->event == WEBSOCKET_LOST ? CONNECTION_LOST : CONNECTION_CLOSED, told)) {
            course_fail(course, PHASE_HELLO, received->event == WEBSOCKET_LOST ? CONNECTION_BROKE : CLOSED_BY_SERVER);
            return HELLO_FAILED;
        }
        LOGI("WS", "Websocket disconnected");
        return HELLO_AWAITED;
    default:
        return HELLO_AWAITED;
    }
}

bool course_exchange_hello(struct course *course, const struct server_hello *early_hello)
{
    bool told = false;
    wire_send_hello(course->websocket);
    if (early_hello != NULL) {
        course->attempt->hello = *early_hello;
        return true;
    }
    while (clock_milliseconds() - course->upgraded < HELLO_MILLISECONDS_MAX && !loop_is_cancelled()) {
        struct websocket_message received = {.event = WEBSOCKET_NOTHING};
        if (!told) {
            received = websocket_next(course->websocket);
        }
        switch (take_message(course, &received, &told)) {
        case HELLO_CAME:
            return true;
        case HELLO_FAILED:
            return false;
        case HELLO_AWAITED:
            if (received.event == WEBSOCKET_NOTHING) {
                loop_turn(LOOP_TURN_MILLISECONDS);
            }
        }
    }
    return course_fail(course, PHASE_HELLO, HELLO_TIMEOUT);
}
