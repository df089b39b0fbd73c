/* TLS 1.2 client on a connection, verifying as the device's profile says. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/connection.h"

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

/* The handshake on an open connection; keeps the main loop turning. */
struct tls_outcome tls_connect(struct connection *connection, const char *host);

/* The suite agreed upon, as IANA writes it. */
void tls_suite_name(const struct connection *connection, char *to, size_t room);

/* As connection_read. */
int tls_read(struct connection *connection, void *bytes, size_t count);

/* Bytes taken, 0 for none at the moment, negative when lost. */
int tls_write(struct connection *connection, const void *bytes, size_t count);

void tls_free(struct connection *connection);
