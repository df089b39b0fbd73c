#include "device/attempt.h"

#include <string.h>

#include "device/course.h"
#include "device/loop.h"
#include "device/settings.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "net/dns.h"
#include "tls/random.h"
#include "tls/tls.h"
#include "web/url.h"

#define TLS_CONNECT_MILLISECONDS_MAX 10000

#define CTR_DRBG_ENTROPY_SOURCE_FAILED (-0x0034)

static const char TAG[] = "fieldloop";

bool course_fail(struct course *course, enum phase phase, enum reason reason)
{
    course->attempt->fault.phase = phase;
    course->attempt->fault.reason = loop_is_cancelled() ? CLOSED_BY_USER : reason;
    return false;
}

static bool parse_url(struct course *course)
{
    bool xiaozhi = settings.profile->dialect == DIALECT_XIAOZHI;
    if (!(xiaozhi ? url_parse_as_xiaozhi : url_parse_as_uri)(settings.url, &course->url)) {
        return course_fail(course, PHASE_DNS, INVALID_URL);
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
        return course_fail(course, PHASE_DNS, DNS_FAILURE);
    }
    uint32_t limit =
        course->url.tls ? TLS_CONNECT_MILLISECONDS_MAX : settings.profile->plain_connect_milliseconds_max;
    switch (connection_open(&course->websocket->connection, &address, course->url.port, limit)) {
    case CONNECT_OK:
        course->connected = clock_milliseconds();
        LOGD(TAG, "tcp connected elapsed-ms=%lu", (unsigned long)(course->connected - course->started));
        return true;
    case CONNECT_REFUSED:
        return course_fail(course, PHASE_TCP, TCP_REFUSED);
    case CONNECT_NO_MEMORY:
        return course_fail(course, PHASE_TCP, TCP_RESET);
    default:
        return course_fail(course, PHASE_TCP, TCP_TIMEOUT);
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
        return course_fail(course, PHASE_TLS, HANDSHAKE_FAILURE);
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
        return course_fail(course, PHASE_TLS, TLS_TIMEOUT);
    }
    fault->tls_code = outcome.code;
    fault->tls_flags = outcome.flags;
    return course_fail(course, PHASE_TLS, reason_of_tls(outcome.code, outcome.flags, outcome.alert_received));
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
    bool online = parse_url(&course) && connect_tcp(&course) && connect_tls(&course) && course_upgrade(&course)
                  && course_exchange_hello(&course, early_hello);
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
