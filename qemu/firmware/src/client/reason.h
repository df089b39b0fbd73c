/* Why an attempt, a channel or a turn ended, and how far an attempt came. */
#pragma once

#include <stdint.h>

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

const char *reason_name(enum reason reason);
const char *phase_name(enum phase phase);

/* What an mbedTLS code, the flags and a received alert (-1: none) mean. */
enum reason reason_of_tls(int code, uint32_t flags, int alert);
