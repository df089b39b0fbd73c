#include "client/reason.h"

#include <stdbool.h>

#include "mbedtls/ecp.h"
#include "mbedtls/net_sockets.h"
#include "mbedtls/rsa.h"
#include "mbedtls/ssl.h"
#include "mbedtls/x509.h"

const char *reason_name(enum reason reason)
{
    static const char *const names[] = {
        [REASON_NONE] = "none",
        [DNS_FAILURE] = "dns-failure",
        [TCP_REFUSED] = "tcp-refused",
        [TCP_UNREACHABLE] = "tcp-unreachable",
        [TCP_TIMEOUT] = "tcp-timeout",
        [TCP_RESET] = "tcp-reset",
        [TLS_TIMEOUT] = "tls-timeout",
        [TLS_EOF] = "tls-eof",
        [TLS_NOT_TLS] = "tls-not-tls",
        [PROTOCOL_VERSION] = "protocol-version",
        [HANDSHAKE_FAILURE] = "handshake-failure",
        [UNRECOGNIZED_NAME] = "unrecognized-name",
        [PEER_ALERT] = "peer-alert",
        [CERTIFICATE_EXPIRED] = "certificate-expired",
        [CERTIFICATE_NOT_YET_VALID] = "certificate-not-yet-valid",
        [CERTIFICATE_NAME_MISMATCH] = "certificate-name-mismatch",
        [CERTIFICATE_UNTRUSTED] = "certificate-untrusted",
        [CERTIFICATE_KEY_MISMATCH] = "certificate-key-mismatch",
        [HEAP_EXHAUSTED] = "heap-exhausted",
        [MODEM_REFUSED] = "modem-refused",
        [UPGRADE_TIMEOUT] = "upgrade-timeout",
        [UPGRADE_REFUSED] = "upgrade-refused",
        [ACCEPT_MISSING] = "accept-missing",
        [ACCEPT_WRONG] = "accept-wrong",
        [RESPONSE_MALFORMED] = "response-malformed",
        [RESPONSE_TOO_LARGE] = "response-too-large",
        [CONNACK_TIMEOUT] = "connack-timeout",
        [MQTT_CONNECT_REFUSED] = "connect-refused",
        [HELLO_TIMEOUT] = "hello-timeout",
        [UNSUPPORTED_TRANSPORT] = "unsupported-transport",
        [INVALID_URL] = "invalid-url",
        [NOT_CONFIGURED] = "not-configured",
        [VOICE_UNREACHABLE] = "voice-unreachable",
        [CONNECTION_BROKE] = "connection-lost",
        [PONG_TIMEOUT] = "pong-timeout",
        [CLOSED_BY_SERVER] = "closed-by-server",
        [CHANNEL_TIMEOUT] = "channel-timeout",
        [CLOSED_BY_USER] = "closed-by-user",
        [CHANNEL_NOT_OPEN] = "channel-not-open",
        [NO_REPLY] = "no-reply",
    };
    return names[reason];
}

const char *phase_name(enum phase phase)
{
    static const char *const names[] = {"dns", "tcp", "tls", "upgrade", "mqtt", "hello"};
    return names[phase];
}

/* In the order in which mbedTLS chooses its alert. */
static enum reason reason_of_flags(uint32_t flags)
{
    if (flags & MBEDTLS_X509_BADCERT_CN_MISMATCH) {
        return CERTIFICATE_NAME_MISMATCH;
    }
    if (flags & MBEDTLS_X509_BADCERT_EXPIRED) {
        return CERTIFICATE_EXPIRED;
    }
    bool future_only = (flags & MBEDTLS_X509_BADCERT_FUTURE) != 0 && (flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) == 0;
    return future_only ? CERTIFICATE_NOT_YET_VALID : CERTIFICATE_UNTRUSTED;
}

static enum reason reason_of_alert(int alert)
{
    switch (alert) {
    case MBEDTLS_SSL_ALERT_MSG_PROTOCOL_VERSION:
        return PROTOCOL_VERSION;
    case MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE:
        return HANDSHAKE_FAILURE;
    case MBEDTLS_SSL_ALERT_MSG_UNRECOGNIZED_NAME:
        return UNRECOGNIZED_NAME;
    default:
        return PEER_ALERT;
    }
}

enum reason reason_of_tls(int code, uint32_t flags, int alert)
{
    switch (code) {
    case MBEDTLS_ERR_SSL_ALLOC_FAILED:
        return HEAP_EXHAUSTED;
    case MBEDTLS_ERR_X509_CERT_VERIFY_FAILED:
        return reason_of_flags(flags);
    case MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE:
        return CERTIFICATE_UNTRUSTED;
    case MBEDTLS_ERR_ECP_VERIFY_FAILED:
    case MBEDTLS_ERR_RSA_VERIFY_FAILED:
        return CERTIFICATE_KEY_MISMATCH;
    case MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE:
        return reason_of_alert(alert);
    case MBEDTLS_ERR_SSL_INVALID_RECORD:
        return TLS_NOT_TLS;
    case MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION:
        return PROTOCOL_VERSION;
    case MBEDTLS_ERR_SSL_CONN_EOF:
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
        return TLS_EOF;
    case MBEDTLS_ERR_NET_CONN_RESET:
        return TCP_RESET;
    default:
        return HANDSHAKE_FAILURE;
    }
}
