#include "client/esp_tls.h"

#include "machine/log.h"
#include "mbedtls/ssl.h"

#define ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME 0x8001
#define ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST  0x8004
#define ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT      0x8006
#define ESP_ERR_MBEDTLS_SSL_SETUP_FAILED        0x8017
#define ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED    0x801a

static const char ESP_TLS[] = "esp-tls";
static const char MBEDTLS[] = "esp-tls-mbedtls";

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

int esp_tls_log(const struct fault *fault)
{
    return fault->phase == PHASE_TLS ? log_handshake(fault) : log_tls_connect(fault);
}

const char *esp_tls_error_name(int error)
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
