#include "device/attempt.h"

#include <string.h>

#include "device/course.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "settings/settings.h"
#include "web/url.h"

static const char TAG[] = "fieldloop";

static bool parse_url(struct course *course)
{
    bool xiaozhi = settings.profile->dialect == DIALECT_XIAOZHI;
    if (!(xiaozhi ? url_parse_as_xiaozhi : url_parse_as_uri)(settings.url, &course->url)) {
        return course_fail(course, PHASE_DNS, INVALID_URL);
    }
    return true;
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
    struct course course = {.attempt = attempt,
                            .websocket = websocket,
                            .connection = &websocket->connection,
                            .started = clock_milliseconds()};
    memset(attempt, 0, sizeof *attempt);
    memset(websocket, 0, sizeof *websocket);
    websocket->profile = settings.profile;
    attempt->fault.host = "";
    LOGD(TAG, "attempt started url=%s", settings.url);
    LOGI("WS", "Connecting to websocket server: %s with version: %ld", settings.url, (long)settings.version);
    bool online = parse_url(&course) && course_dial(&course, settings.profile->plain_connect_milliseconds_max)
                  && course_upgrade(&course) && course_exchange_hello(&course, early_hello);
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
