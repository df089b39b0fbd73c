/* TLS 1.2 client on a TCP stream, verifying as the device's profile says. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ip/tcp_stream.h"

struct tls_session;

enum tls_result {
    TLS_OK,
    TLS_SETUP_FAILED, /* before a byte was sent */
    TLS_FAILED,
    TLS_SILENT,    /* the peer said nothing for 10 s */
    TLS_CANCELLED, /* by the user */
};

struct tls_outcome {
    enum tls_result result;
    int code;            /* of mbedTLS, 0 or negative */
    uint32_t flags;      /* mbedtls_x509_crt_verify */
    int alert_received;  /* description, or -1 */
};

/* What the device trusts and checks; the DER must stay. */
void tls_trust(const uint8_t *root_der, size_t root_bytes, bool checks_dates);

/* The handshake on an open stream, which must stay where it is; keeps the main loop turning. Whatever comes of it, the session is to be freed. */
struct tls_outcome tls_connect(struct tls_session **session, struct tcp_stream *stream, const char *host);

/* The suite agreed upon, as IANA writes it. */
void tls_suite_name(const struct tls_session *session, char *to, size_t room);

/* As tcp_stream_read and tcp_stream_write. */
int tls_read(struct tls_session *session, void *bytes, size_t count);
int tls_write(struct tls_session *session, const void *bytes, size_t count);

/* mbedTLS code of a session that is lost, else 0. */
int tls_error(const struct tls_session *session);

/* NULL is none. */
void tls_free(struct tls_session *session);
