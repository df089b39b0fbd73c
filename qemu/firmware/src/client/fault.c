#include "client/fault.h"

#include <stdio.h>

#include "client/esp_tls.h"
#include "machine/log.h"

#define ERRNO_RESET     0x68
#define ERRNO_REFUSED   0x6f
#define ERRNO_TIMED_OUT 0x74
#define ERRNO_UNREACHABLE 0x76

static const char WEB_SOCKET[] = "WebSocket";

static int errno_of(enum reason reason)
{
    return reason == TCP_REFUSED       ? ERRNO_REFUSED
           : reason == TCP_TIMEOUT     ? ERRNO_TIMED_OUT
           : reason == TCP_UNREACHABLE ? ERRNO_UNREACHABLE
                                       : ERRNO_RESET;
}

int fault_log_xiaozhi_connect(const struct fault *fault)
{
    if (fault->by_modem) {
        return fault->modem_error; /* its lines are the modem's */
    }
    int code = 0;
    if (fault->over_tls) {
        code = esp_tls_log(fault);
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

int fault_log_connect(const struct fault *fault)
{
    int error = esp_tls_log(fault);
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
         esp_tls_error_name(error), fault->tls_code, (unsigned long)fault->tls_flags, fault->status,
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
        LOGE("esp-tls-mbedtls", "read error :-0x%04X", (unsigned)-code);
        if (xiaozhi) {
            LOGE("EspSsl", "SSL receive failed: %d", code);
        }
    } else if (xiaozhi) {
        LOGE("EspTcp", "TCP receive failed: -1");
    }
}
