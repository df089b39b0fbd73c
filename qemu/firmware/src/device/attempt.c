#include "device/attempt.h"

#include <string.h>

#include "device/loop.h"
#include "device/settings.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "net/dns.h"
#include "tls/random.h"
#include "tls/tls.h"
#include "web/upgrade.h"
#include "web/url.h"

#define TLS_CONNECT_MILLISECONDS_MAX 10000
#define UPGRADE_MILLISECONDS_MAX     10000
#define HELLO_MILLISECONDS_MAX       10000
#define REQUEST_BYTES_MAX            1400

#define CTR_DRBG_ENTROPY_SOURCE_FAILED (-0x0034)

static const char TAG[] = "fieldloop";

/* What the phases hand to one another. */
struct course {
    struct attempt *attempt;
    struct websocket *websocket;
    struct url url;
    uint32_t started;
    uint32_t connected;
    uint32_t upgraded;
};

static bool fail(struct course *course, enum phase phase, enum reason reason)
{
    course->attempt->fault.phase = phase;
    course->attempt->fault.reason = loop_is_cancelled() ? CLOSED_BY_USER : reason;
    return false;
}

static bool parse_url(struct course *course)
{
    bool xiaozhi = settings.profile->dialect == DIALECT_XIAOZHI;
    if (!(xiaozhi ? url_parse_as_xiaozhi : url_parse_as_uri)(settings.url, &course->url)) {
        return fail(course, PHASE_DNS, INVALID_URL);
    }
    course->attempt->fault.host = course->url.host;
    course->attempt->fault.port = course->url.port;
    course->attempt->fault.over_tls = course->url.tls;
    return true;
}

static bool connect_tcp(struct course *course)
{
    ip_addr_t address;
    if (!dns_resolve(course->url.host, &address)) {
        return fail(course, PHASE_DNS, DNS_FAILURE);
    }
    uint32_t limit =
        course->url.tls ? TLS_CONNECT_MILLISECONDS_MAX : settings.profile->plain_connect_milliseconds_max;
    switch (connection_open(&course->websocket->connection, &address, course->url.port, limit)) {
    case CONNECT_OK:
        course->connected = clock_milliseconds();
        LOGD(TAG, "tcp connected elapsed-ms=%lu", (unsigned long)(course->connected - course->started));
        return true;
    case CONNECT_REFUSED:
        return fail(course, PHASE_TCP, TCP_REFUSED);
    case CONNECT_NO_MEMORY:
        return fail(course, PHASE_TCP, TCP_RESET);
    default:
        return fail(course, PHASE_TCP, TCP_TIMEOUT);
    }
}

static bool connect_tls(struct course *course)
{
    struct fault *fault = &course->attempt->fault;
    if (!course->url.tls) {
        return true;
    }
    if (!random_is_seeded()) {
        LOGE(TAG, "seed missing: TLS needs seed=<hex> on this board");
        fault->tls_code = CTR_DRBG_ENTROPY_SOURCE_FAILED;
        return fail(course, PHASE_TLS, HANDSHAKE_FAILURE);
    }
    struct tls_outcome outcome = tls_connect(&course->websocket->connection, course->url.host);
    fault->tls_set_up = outcome.result != TLS_SETUP_FAILED;
    if (outcome.result == TLS_OK) {
        char suite[64];
        tls_suite_name(&course->websocket->connection, suite, sizeof suite);
        LOGD(TAG, "tls established version=TLSv1.2 suite=%s elapsed-ms=%lu", suite,
             (unsigned long)(clock_milliseconds() - course->connected));
        return true;
    }
    if (outcome.result == TLS_SILENT || outcome.result == TLS_CANCELLED) {
        return fail(course, PHASE_TLS, TLS_TIMEOUT);
    }
    fault->tls_code = outcome.code;
    fault->tls_flags = outcome.flags;
    return fail(course, PHASE_TLS, reason_of_tls(outcome.code, outcome.flags, outcome.alert_received));
}

/* The xiaozhi client hears of a lost connection but goes on waiting. */
static bool notices_loss(struct course *course, int result, bool *told)
{
    if (result >= 0 || *told) {
        return false;
    }
    *told = true;
    if (result == CONNECTION_LOST) {
        fault_log_loss(settings.profile, course->url.tls, course->websocket->connection.error);
    }
    return settings.profile->notices_loss;
}

static bool send_request(struct course *course, const char *key)
{
    char request[REQUEST_BYTES_MAX];
    struct identity identity = {settings.token, settings.client_id, settings.device_id, (int)settings.version};
    size_t length = upgrade_write_request(request, sizeof request, settings.profile->dialect, &course->url, &identity, key);
    return length > 0 && connection_write(&course->websocket->connection, request, length);
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
            return fail(course, PHASE_UPGRADE, verdict.failure);
        }
        if (notices_loss(course, count, &told)) {
            return fail(course, PHASE_UPGRADE, count == CONNECTION_CLOSED ? CLOSED_BY_SERVER : CONNECTION_BROKE);
        }
        if (count <= 0) {
            loop_turn(LOOP_TURN_MILLISECONDS);
        }
    }
    return fail(course, PHASE_UPGRADE, UPGRADE_TIMEOUT);
}

static bool upgrade(struct course *course)
{
    char key[UPGRADE_KEY_BYTES];
    upgrade_make_key(key);
    uint32_t requested = clock_milliseconds();
    if (!send_request(course, key)) {
        return fail(course, PHASE_UPGRADE, CONNECTION_BROKE);
    }
    if (!await_answer(course, key, requested)) {
        return false;
    }
    course->upgraded = clock_milliseconds();
    LOGD(TAG, "upgraded elapsed-ms=%lu", (unsigned long)(course->upgraded - requested));
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
            fail(course, PHASE_HELLO, UNSUPPORTED_TRANSPORT);
            return HELLO_FAILED;
        }
        return HELLO_AWAITED;
    case WEBSOCKET_BROKEN:
        fail(course, PHASE_HELLO, CONNECTION_BROKE);
        return HELLO_FAILED;
    case WEBSOCKET_CLOSE:
    case WEBSOCKET_ENDED:
    case WEBSOCKET_LOST:
        if (notices_loss(course, received->event == WEBSOCKET_LOST ? CONNECTION_LOST : CONNECTION_CLOSED, told)) {
            fail(course, PHASE_HELLO, received->event == WEBSOCKET_LOST ? CONNECTION_BROKE : CLOSED_BY_SERVER);
            return HELLO_FAILED;
        }
        LOGI("WS", "Websocket disconnected");
        return HELLO_AWAITED;
    default:
        return HELLO_AWAITED;
    }
}

static bool exchange_hello(struct course *course, const struct server_hello *early_hello)
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
    return fail(course, PHASE_HELLO, HELLO_TIMEOUT);
}

static void log_online(const struct course *course)
{
    uint32_t now = clock_milliseconds();
    LOGD(TAG, "online elapsed-ms=%lu connect-ms=%lu handshake-ms=%lu hello-ms=%lu session=%s",
         (unsigned long)(now - course->started), (unsigned long)(course->connected - course->started),
         (unsigned long)(course->upgraded - course->connected), (unsigned long)(now - course->upgraded),
         course->attempt->hello.session_id);
}

void attempt_run(struct attempt *attempt, struct websocket *websocket, const struct server_hello *early_hello)
{
    struct course course = {.attempt = attempt, .websocket = websocket, .started = clock_milliseconds()};
    memset(attempt, 0, sizeof *attempt);
    memset(websocket, 0, sizeof *websocket);
    websocket->profile = settings.profile;
    attempt->fault.host = "";
    LOGD(TAG, "attempt started url=%s", settings.url);
    LOGI("WS", "Connecting to websocket server: %s with version: %ld", settings.url, (long)settings.version);
    bool online = parse_url(&course) && connect_tcp(&course) && connect_tls(&course) && upgrade(&course)
                  && exchange_hello(&course, early_hello);
    if (online) {
        log_online(&course);
    } else {
        fault_log(settings.profile, &attempt->fault);
        fault_log_refusal(&attempt->fault, clock_milliseconds() - course.started);
        if (attempt->fault.reason != HELLO_TIMEOUT || !settings.profile->keeps_late_hello) {
            websocket_free(websocket);
        }
    }
    LOGI(TAG, "heap free=%lu low=%lu", (unsigned long)heap_free_bytes(), (unsigned long)heap_low_bytes());
}
