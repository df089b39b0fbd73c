#include "client/fault.h"

#include <stdio.h>

#include "machine/log.h"
#include "mbedtls/ssl.h"

#define ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME 0x8001
#define ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST  0x8004
#define ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT      0x8006
#define ESP_ERR_MBEDTLS_SSL_SETUP_FAILED        0x8017
#define ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED    0x801a

#define ERRNO_RESET     0x68
#define ERRNO_REFUSED   0x6f
#define ERRNO_TIMED_OUT 0x74
#define ERRNO_UNREACHABLE 0x76

static const char WEB_SOCKET[] = "WebSocket";
static const char ESP_TLS[] = "esp-tls";
static const char MBEDTLS[] = "esp-tls-mbedtls";

static int errno_of(enum reason reason)
{
    return reason == TCP_REFUSED       ? ERRNO_REFUSED
           : reason == TCP_TIMEOUT     ? ERRNO_TIMED_OUT
           : reason == TCP_UNREACHABLE ? ERRNO_UNREACHABLE
                                       : ERRNO_RESET;
}

static int log_tls_connect(const struct fault *fault)
{
    int error = ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST;
    if (fault->reason == DNS_FAILURE) {
        LOGE(ESP_TLS, "couldn't get hostname for :%s: getaddrinfo() returns 202, addrinfo=0x0", fault->host);
        error = ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME;
    } else if (fault->reason == TCP_TIMEOUT) {
        LOGE(ESP_TLS, "[sock=54] select() timeout");
        error = ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT;
    } else if (fault->reason == TCP_UNREACHABLE) {
        LOGE(ESP_TLS, "[sock=54] connect() error: Host is unreachable");
    } else {
        /* lwIP tells a refused connection as a reset. */
        LOGE(ESP_TLS, "[sock=54] delayed connect error: Connection reset by peer");
    }
    LOGE(ESP_TLS, "Failed to open new connection");
    return error;
}

/* esp_mbedtls_verify_certificate() looks at the flags only: it praises the certificate of a handshake that failed otherwise. */
static void log_verdict(const struct fault *fault)
{
    if (fault->tls_flags == 0) {
        LOGI(MBEDTLS, "Certificate verified.");
        return;
    }
    char text[200];
    mbedtls_x509_crt_verify_info(text, sizeof text, "  ! ", fault->tls_flags);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\n' ? (at[1] == '\0' ? '\0' : ' ') : *at;
    }
    LOGI(MBEDTLS, "Failed to verify peer certificate!");
    LOGI(MBEDTLS, "verification info: %s", text);
}

static int log_handshake(const struct fault *fault)
{
    int error = ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED;
    if (fault->reason == TLS_TIMEOUT) {
        LOGW(ESP_TLS, "Failed to open new connection in specified timeout");
        return ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT;
    }
    if (!fault->tls_set_up) {
        LOGE(MBEDTLS, "mbedtls_ssl_setup returned -0x%04X", (unsigned)-fault->tls_code);
        error = ESP_ERR_MBEDTLS_SSL_SETUP_FAILED;
    } else {
        if (fault->tls_code == MBEDTLS_ERR_SSL_CONN_EOF) {
            LOGE("Dynamic Impl", "mbedtls_ssl_fetch_input error=29312");
        }
        LOGE(MBEDTLS, "mbedtls_ssl_handshake returned -0x%04X", (unsigned)-fault->tls_code);
        log_verdict(fault);
    }
    LOGE(ESP_TLS, "create_ssl_handle failed");
    LOGE(ESP_TLS, "Failed to open new connection");
    return error;
}

static int log_esp_tls(const struct fault *fault)
{
    return fault->phase == PHASE_TLS ? log_handshake(fault) : log_tls_connect(fault);
}

int fault_log_xiaozhi_connect(const struct fault *fault)
{
    if (fault->by_modem) {
        return fault->modem_error; /* its lines are the modem's */
    }
    int code = 0;
    if (fault->over_tls) {
        code = log_esp_tls(fault);
        LOGE("EspSsl", "Failed to connect to %s:%u, code=0x%x", fault->host, fault->port, (unsigned)code);
    } else if (fault->reason == DNS_FAILURE) {
        LOGE("EspTcp", "Failed to get host by name");
    } else {
        code = errno_of(fault->reason);
        LOGE("EspTcp", "Failed to connect to %s:%u, code=0x%x", fault->host, fault->port, (unsigned)code);
    }
    return code;
}

static int log_xiaozhi_websocket_connect(const struct fault *fault)
{
    if (fault->reason == INVALID_URL) {
        LOGE(WEB_SOCKET, "Invalid URI format");
        return 0;
    }
    int code = fault_log_xiaozhi_connect(fault);
    LOGE(WEB_SOCKET, "Failed to connect to server");
    return code;
}

static void log_xiaozhi_upgrade(const struct fault *fault)
{
    if (fault->reason == UPGRADE_TIMEOUT) {
        LOGE(WEB_SOCKET, "WebSocket handshake timeout");
    } else if (fault->reason == CONNECTION_BROKE) {
        LOGE(WEB_SOCKET, "Failed to send WebSocket handshake request");
    } else {
        LOGE(WEB_SOCKET, "WebSocket handshake failed");
        LOGE(WEB_SOCKET, "WebSocket handshake failed");
    }
}

static void log_xiaozhi(const struct fault *fault)
{
    if (fault->phase == PHASE_HELLO) {
        LOGE("WS", "Failed to receive server hello");
        LOGW("Application", "Alert [circle_xmark] Error: Waiting for response timeout");
        return;
    }
    int code = 0;
    if (fault->phase == PHASE_UPGRADE) {
        log_xiaozhi_upgrade(fault);
    } else {
        code = log_xiaozhi_websocket_connect(fault);
    }
    LOGE("WS", "Failed to connect to websocket server, code=%d", code);
    LOGW("Application", "Alert [circle_xmark] Error: Unable to connect to service, please try again later");
}

const char *fault_error_name(int error)
{
    switch (error) {
    case 0:
        return "ESP_OK";
    case ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME:
        return "ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME";
    case ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT:
        return "ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT";
    case ESP_ERR_MBEDTLS_SSL_SETUP_FAILED:
        return "ESP_ERR_MBEDTLS_SSL_SETUP_FAILED";
    case ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED:
        return "ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED";
    default:
        return "ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST";
    }
}

int fault_log_connect(const struct fault *fault)
{
    int error = log_esp_tls(fault);
    LOGE("transport_base", "Failed to open a new connection: %d", error);
    return error;
}

static const char *idf_upgrade_line(enum reason reason)
{
    switch (reason) {
    case ACCEPT_MISSING:
    case UPGRADE_REFUSED:
        return "Sec-WebSocket-Accept not found";
    case ACCEPT_WRONG:
        return "Invalid websocket key";
    case RESPONSE_MALFORMED:
        return "HTTP upgrade failed";
    default:
        return "Error read response for Upgrade header";
    }
}

static void log_idf(const struct fault *fault)
{
    int error = 0;
    if (fault->phase == PHASE_HELLO) {
        LOGE("WS", "Failed to receive server hello");
        return;
    }
    if (fault->reason == INVALID_URL) {
        LOGE("websocket_client", "Error parse uri");
        return;
    }
    if (fault->phase == PHASE_UPGRADE) {
        LOGE("transport_ws", "%s", idf_upgrade_line(fault->reason));
    } else {
        error = fault_log_connect(fault);
        LOGE("transport_ws", "Error connecting to host %s:%u", fault->host, fault->port);
    }
    LOGE("websocket_client",
         "esp_transport_connect() failed with -1, transport_error=%s, tls_error_code=%d, tls_flags=%lu, "
         "esp_ws_handshake_status_code=%d, errno=%d",
         fault_error_name(error), fault->tls_code, (unsigned long)fault->tls_flags, fault->status,
         fault->phase == PHASE_TCP ? errno_of(fault->reason) : 0);
}

static void log_rfc6455(const struct fault *fault)
{
    if (fault->phase == PHASE_HELLO) {
        LOGE("WS", "Failed to receive server hello");
    } else {
        LOGE("rfc6455", "%s", reason_name(fault->reason));
    }
}

void fault_log(const struct profile *profile, const struct fault *fault)
{
    if (fault->reason == CLOSED_BY_USER) {
        LOGI("Application", "Attempt given up by the user");
        return;
    }
    switch (profile->dialect) {
    case DIALECT_XIAOZHI:
        log_xiaozhi(fault);
        break;
    case DIALECT_ESP_IDF:
        log_idf(fault);
        break;
    case DIALECT_RFC_6455:
        log_rfc6455(fault);
        break;
    }
}

void fault_log_refusal(const struct fault *fault, uint32_t elapsed_milliseconds)
{
    char code[24] = "";
    char flags[24] = "";
    char status[24] = "";
    if (fault->tls_code != 0) {
        snprintf(code, sizeof code, " code=-0x%04X", (unsigned)-fault->tls_code);
    }
    if (fault->modem_error != 0) {
        snprintf(code, sizeof code, " code=%d", fault->modem_error);
    }
    if (fault->tls_flags != 0) {
        snprintf(flags, sizeof flags, " flags=0x%lx", (unsigned long)fault->tls_flags);
    }
    if (fault->status != 0) {
        snprintf(status, sizeof status, " status=%d", fault->status);
    }
    LOGD("fieldloop", "refused reason=%s phase=%s elapsed-ms=%lu%s%s%s", reason_name(fault->reason),
         phase_name(fault->phase), (unsigned long)elapsed_milliseconds, code, flags, status);
}

void fault_log_loss(const struct profile *profile, bool over_tls, int code)
{
    bool xiaozhi = profile->dialect == DIALECT_XIAOZHI;
    if (profile->dialect == DIALECT_RFC_6455) {
        return;
    }
    if (over_tls) {
        LOGE(MBEDTLS, "read error :-0x%04X", (unsigned)-code);
        if (xiaozhi) {
            LOGE("EspSsl", "SSL receive failed: %d", code);
        }
    } else if (xiaozhi) {
        LOGE("EspTcp", "TCP receive failed: -1");
    }
}
