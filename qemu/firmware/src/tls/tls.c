#include "tls/tls.h"

#include <string.h>

#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "mbedtls/net_sockets.h"
#include "mbedtls/ssl.h"
#include "tls/random.h"
#include "tls/verification.h"

/* SO_RCVTIMEO of esp-tls. */
#define SILENCE_MILLISECONDS_MAX 10000

#define RECORD_ALERT        21
#define RECORD_HEADER_BYTES 5
#define ALERT_BYTES         2

static const char TAG[] = "fieldloop";

struct tls_session {
    mbedtls_ssl_context ssl;
    mbedtls_ssl_config config;
    struct verification verification;
    struct tcp_stream *stream;
    uint32_t last_received;
    int error;
};

/* The suites are mbedTLS's own order of what mbedtls_config.h leaves, which is ESP-IDF's. */
static const mbedtls_ecp_group_id GROUPS[] = {MBEDTLS_ECP_DP_SECP256R1, MBEDTLS_ECP_DP_SECP384R1,
                                              MBEDTLS_ECP_DP_SECP521R1, MBEDTLS_ECP_DP_NONE};
static const int HASHES[] = {MBEDTLS_MD_SHA512, MBEDTLS_MD_SHA384, MBEDTLS_MD_SHA256, MBEDTLS_MD_NONE};

static int send_record(void *argument, const unsigned char *bytes, size_t count)
{
    struct tls_session *session = argument;
    int taken = tcp_stream_write(session->stream, bytes, count);
    if (taken == 0) {
        return MBEDTLS_ERR_SSL_WANT_WRITE;
    }
    if (taken > 0 && bytes[0] == RECORD_ALERT && count == RECORD_HEADER_BYTES + ALERT_BYTES) {
        LOGD(TAG, "tls alert sent level=%d description=%d", bytes[RECORD_HEADER_BYTES], bytes[RECORD_HEADER_BYTES + 1]);
    }
    return taken > 0 ? taken : MBEDTLS_ERR_NET_CONN_RESET;
}

static int receive(void *argument, unsigned char *bytes, size_t count)
{
    struct tls_session *session = argument;
    int taken = tcp_stream_read(session->stream, bytes, count);
    switch (taken) {
    case 0:
        return MBEDTLS_ERR_SSL_WANT_READ;
    case TCP_STREAM_EOF:
        return 0;
    case TCP_STREAM_LOST:
        return MBEDTLS_ERR_NET_CONN_RESET;
    default:
        session->last_received = clock_milliseconds();
        return taken;
    }
}

static int set_up(struct tls_session *session, const char *host)
{
    mbedtls_ssl_init(&session->ssl);
    mbedtls_ssl_config_init(&session->config);
    verification_init(&session->verification);
    int error = mbedtls_ssl_config_defaults(&session->config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                            MBEDTLS_SSL_PRESET_DEFAULT);
    if (error == 0) {
        error = verification_apply(&session->verification, &session->config);
    }
    if (error == 0) {
        mbedtls_ssl_conf_curves(&session->config, GROUPS);
        mbedtls_ssl_conf_sig_hashes(&session->config, HASHES);
        mbedtls_ssl_conf_rng(&session->config, random_for_tls, NULL);
        error = mbedtls_ssl_setup(&session->ssl, &session->config);
    }
    if (error == 0) {
        mbedtls_ssl_set_bio(&session->ssl, session, send_record, receive, NULL);
        error = mbedtls_ssl_set_hostname(&session->ssl, host);
    }
    return error;
}

static bool waits(int result)
{
    return result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE;
}

/* Its description. */
static int log_alert(const struct tls_session *session)
{
    const unsigned char *alert = session->ssl.in_msg;
    LOGD(TAG, "tls alert received level=%d description=%d", alert[0], alert[1]);
    return alert[1];
}

/* An allocation that fails deep down comes up as whatever its caller makes of it, a bad key or an untrusted certificate.
 * ESP-IDF's dynamic buffers meet the end of the heap first, in the record layer, so that is what is told. */
static void judge(struct tls_session *session, int result, bool heap_sufficed, struct tls_outcome *outcome)
{
    if (result != 0 && !heap_sufficed) {
        outcome->result = TLS_FAILED;
        outcome->code = MBEDTLS_ERR_SSL_ALLOC_FAILED;
        return;
    }
    outcome->code = result;
    if (result == 0) {
        outcome->result = TLS_OK;
        return;
    }
    outcome->result = TLS_FAILED;
    outcome->flags = session->verification.done ? session->verification.flags : 0;
    if (result == MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE) {
        outcome->flags |= mbedtls_ssl_get_verify_result(&session->ssl); /* its usage is looked at after the chain */
    }
    if (result == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
        outcome->alert_received = log_alert(session);
    }
}

struct tls_outcome tls_connect(struct tls_session **begun, struct tcp_stream *stream, const char *host)
{
    struct tls_outcome outcome = {.result = TLS_SETUP_FAILED, .alert_received = -1};
    struct tls_session *session = heap_calloc(1, sizeof *session);
    *begun = session;
    outcome.code = session == NULL ? MBEDTLS_ERR_SSL_ALLOC_FAILED : set_up(session, host);
    if (outcome.code != 0) {
        return outcome;
    }
    session->stream = stream;
    session->last_received = clock_milliseconds();
    int result;
    while (waits(result = mbedtls_ssl_handshake(&session->ssl))) {
        if (loop_is_cancelled() || clock_milliseconds() - session->last_received >= SILENCE_MILLISECONDS_MAX) {
            outcome.result = loop_is_cancelled() ? TLS_CANCELLED : TLS_SILENT;
            return outcome;
        }
        if (!tcp_stream_has_news(stream)) {
            loop_turn(LOOP_TURN_MILLISECONDS);
        }
    }
    judge(session, result, heap_refusals() == session->verification.refusals, &outcome);
    return outcome;
}

void tls_suite_name(const struct tls_session *session, char *to, size_t room)
{
    strncpy(to, mbedtls_ssl_get_ciphersuite(&session->ssl), room - 1);
    to[room - 1] = '\0';
    for (char *at = to; *at != '\0'; at++) {
        *at = *at == '-' ? '_' : *at;
    }
}

int tls_read(struct tls_session *session, void *bytes, size_t count)
{
    int result = mbedtls_ssl_read(&session->ssl, bytes, count);
    if (result > 0 || waits(result)) {
        return result > 0 ? result : 0;
    }
    if (result == 0 || result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
        return TCP_STREAM_EOF;
    }
    if (result == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
        log_alert(session);
    }
    session->error = result;
    return TCP_STREAM_LOST;
}

int tls_write(struct tls_session *session, const void *bytes, size_t count)
{
    int result = mbedtls_ssl_write(&session->ssl, bytes, count);
    if (result >= 0 || waits(result)) {
        return result >= 0 ? result : 0;
    }
    session->error = result;
    return TCP_STREAM_LOST;
}

int tls_error(const struct tls_session *session)
{
    return session->error;
}

void tls_free(struct tls_session *session)
{
    if (session != NULL) {
        mbedtls_ssl_free(&session->ssl);
        mbedtls_ssl_config_free(&session->config);
        verification_free(&session->verification);
        heap_free(session);
    }
}
