/* Why an attempt, a channel or a turn ended: the vocabulary, and how a client library puts it on the console. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "client/profile.h"

enum reason {
    REASON_NONE,
    DNS_FAILURE,
    TCP_REFUSED,
    TCP_UNREACHABLE,
    TCP_TIMEOUT,
    TCP_RESET,
    TLS_TIMEOUT,
    TLS_EOF,
    TLS_NOT_TLS,
    PROTOCOL_VERSION,
    HANDSHAKE_FAILURE,
    UNRECOGNIZED_NAME,
    PEER_ALERT,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_NAME_MISMATCH,
    CERTIFICATE_UNTRUSTED,
    CERTIFICATE_KEY_MISMATCH,
    HEAP_EXHAUSTED,
    MODEM_REFUSED,
    UPGRADE_TIMEOUT,
    UPGRADE_REFUSED,
    ACCEPT_MISSING,
    ACCEPT_WRONG,
    RESPONSE_MALFORMED,
    RESPONSE_TOO_LARGE,
    CONNACK_TIMEOUT,
    MQTT_CONNECT_REFUSED,
    HELLO_TIMEOUT,
    UNSUPPORTED_TRANSPORT,
    INVALID_URL,
    NOT_CONFIGURED,
    VOICE_UNREACHABLE,
    CONNECTION_BROKE,
    PONG_TIMEOUT,
    CLOSED_BY_SERVER,
    CHANNEL_TIMEOUT,
    CLOSED_BY_USER,
    CHANNEL_NOT_OPEN,
    NO_REPLY,
};

enum phase { PHASE_DNS, PHASE_TCP, PHASE_TLS, PHASE_UPGRADE, PHASE_MQTT, PHASE_HELLO };

struct fault {
    enum reason reason;
    enum phase phase;
    const char *host;
    uint16_t port;
    bool over_tls;
    bool tls_set_up;    /* mbedtls_ssl_setup had succeeded */
    int tls_code;       /* of mbedTLS, 0 or negative */
    uint32_t tls_flags; /* mbedtls_x509_crt_verify */
    bool by_modem;      /* the connection is one of the modem's */
    int modem_error;    /* its number for an opening that it refused */
    int status;         /* HTTP status, or return code of the CONNACK, 0 when there was none */
};

const char *reason_name(enum reason reason);
const char *phase_name(enum phase phase);

/* What an mbedTLS code, the flags and a received alert (-1: none) mean. */
enum reason reason_of_tls(int code, uint32_t flags, int alert);

/* The lines of the device's client library for a failed attempt (protocol reference 5). */
void fault_log(const struct profile *profile, const struct fault *fault);

/* The lines of the layers below every client, and the error that the client above gets. */
int fault_log_connect(const struct fault *fault);

/* The same of the library that xiaozhi-esp32 uses, where its client is not MQTT. */
int fault_log_xiaozhi_connect(const struct fault *fault);

/* Name of an esp-tls error. */
const char *fault_error_name(int error);

/* The fieldloop line that ends every failed attempt. */
void fault_log_refusal(const struct fault *fault, uint32_t elapsed_milliseconds);

/* The lines of a broken connection: code is mbedTLS's, or 0 for plain TCP. */
void fault_log_loss(const struct profile *profile, bool over_tls, int code);
