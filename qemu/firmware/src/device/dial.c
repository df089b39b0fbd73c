/* From a host's name to a connection that is open: what every transport begins with. */
#include "device/course.h"
#include "ip/dns.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "modem/modem.h"
#include "settings/settings.h"
#include "tls/random.h"
#include "tls/tls.h"

#define TLS_CONNECT_MILLISECONDS_MAX 10000

#define CTR_DRBG_ENTROPY_SOURCE_FAILED (-0x0034)

static const char TAG[] = "fieldloop";

bool course_fail(struct course *course, enum phase phase, enum reason reason)
{
    course->attempt->fault.phase = phase;
    course->attempt->fault.reason = loop_user_gave_up() ? CLOSED_BY_USER : reason;
    return false;
}

/* Without TLS xiaozhi copies whatever address it gets into an IPv4 one (esp-ml307, esp_tcp.cc), and calls a stranger. */
static bool connect_tcp(struct course *course, uint32_t plain_milliseconds_max)
{
    ip_addr_t address;
    if (!dns_resolve(course->url.host, &address)) {
        return course_fail(course, PHASE_DNS, DNS_FAILURE);
    }
    if (IP_IS_V6(&address) && !course->url.tls && settings.profile->dialect == DIALECT_XIAOZHI) {
        ip_addr_set_ip4_u32_val(address, ip_2_ip6(&address)->addr[0]);
    }
    uint32_t limit = course->url.tls ? TLS_CONNECT_MILLISECONDS_MAX : plain_milliseconds_max;
    switch (connection_open(course->connection, &address, course->url.port, limit)) {
    case CONNECT_OK:
        course->connected = clock_milliseconds();
        LOGD(TAG, "tcp connected elapsed-ms=%lu", (unsigned long)(course->connected - course->started));
        return true;
    case CONNECT_REFUSED:
        return course_fail(course, PHASE_TCP, TCP_REFUSED);
    case CONNECT_UNREACHABLE:
        return course_fail(course, PHASE_TCP, TCP_UNREACHABLE);
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
    struct tls_outcome outcome = tls_connect(&course->connection->tls, &course->connection->tcp, course->url.host);
    fault->tls_set_up = outcome.result != TLS_SETUP_FAILED;
    if (outcome.result == TLS_OK) {
        char suite[64];
        tls_suite_name(course->connection->tls, suite, sizeof suite);
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

/* Name, TCP and TLS are behind one command, and what went wrong is a number. */
static bool connect_by_modem(struct course *course)
{
    struct fault *fault = &course->attempt->fault;
    if (!connection_open_by_modem(course->connection, course->url.host, course->url.port, course->url.tls,
                                  &fault->modem_error)) {
        return course_fail(course, PHASE_TCP, fault->modem_error == 0 ? TCP_TIMEOUT : MODEM_REFUSED);
    }
    course->connected = clock_milliseconds();
    LOGD(TAG, "tcp connected elapsed-ms=%lu", (unsigned long)(course->connected - course->started));
    return true;
}

bool course_dial(struct course *course, uint32_t plain_connect_milliseconds_max)
{
    struct fault *fault = &course->attempt->fault;
    fault->host = course->url.host;
    fault->port = course->url.port;
    fault->over_tls = course->url.tls;
    fault->by_modem = modem_has_sockets();
    if (fault->by_modem) {
        return connect_by_modem(course);
    }
    return connect_tcp(course, plain_connect_milliseconds_max) && connect_tls(course);
}
