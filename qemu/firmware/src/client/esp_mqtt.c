#include "client/esp_mqtt.h"

#include <stdio.h>

#include "client/esp_tls.h"
#include "machine/log.h"

#define ERRNO_NOT_CONNECTED 128 /* lwIP's ENOTCONN, which a FIN leaves */
#define ERRNO_RESET         104

static const char CLIENT[] = "mqtt_client";

static const char *refusal(int return_code)
{
    static const char *const texts[] = {"Unknown reason", "bad protocol", "Unknown reason", "server unavailable",
                                        "bad username or password", "not authorized"};
    return texts[return_code > 0 && return_code < 6 ? return_code : 0];
}

static void log_error(int error)
{
    LOGI("esp_mqtt", "MQTT error occurred: %s", error == 0 ? "ESP_OK" : esp_tls_error_name(error));
}

int esp_mqtt_log(const struct fault *fault)
{
    if (fault->reason == INVALID_URL || fault->reason == CLOSED_BY_USER) {
        return 0;
    }
    if (fault->phase != PHASE_MQTT) {
        int error = fault_log_connect(fault);
        LOGE(CLIENT, "Error transport connect");
        log_error(error);
        return error;
    }
    if (fault->reason == MQTT_CONNECT_REFUSED) {
        LOGW(CLIENT, "Connection refused, %s", refusal(fault->status));
        log_error(0);
    } else {
        LOGE(CLIENT, "esp_mqtt_connect: mqtt_message_receive() returned %d", fault->reason == CONNACK_TIMEOUT ? 0 : -2);
    }
    LOGE(CLIENT, "MQTT connect failed");
    return 0;
}

void esp_mqtt_log_refusal(const struct fault *fault, int error)
{
    char code[24];
    char status[24] = "";
    snprintf(code, sizeof code, fault->tls_code != 0 ? " code=-0x%04X" : error != 0 ? " code=0x%x" : " code=%d",
             fault->tls_code != 0 ? (unsigned)-fault->tls_code : (unsigned)error);
    if (fault->status != 0) {
        snprintf(status, sizeof status, " status=%d", fault->status);
    }
    LOGD("fieldloop", "mqtt refused reason=%s phase=%s%s%s", reason_name(fault->reason), phase_name(fault->phase), code,
         status);
}

void esp_mqtt_log_loss(bool ended, int error)
{
    if (ended) {
        LOGE(CLIENT, "esp_mqtt_handle_transport_read_error: transport_read(): EOF");
    } else if (error != 0) {
        LOGE("esp-tls-mbedtls", "read error :-0x%04X", (unsigned)-error);
    } else {
        LOGE("transport_base", "tcp_read error, errno=Connection reset by peer");
    }
    LOGE(CLIENT, "esp_mqtt_handle_transport_read_error: transport_read() error: errno=%d",
         ended ? ERRNO_NOT_CONNECTED : ERRNO_RESET);
    LOGI("esp_mqtt", "MQTT error occurred: %s", ended ? "ESP_ERR_ESP_TLS_TCP_CLOSED_FIN" : "ESP_OK");
    LOGE(CLIENT, "mqtt_process_receive: mqtt_message_receive() returned -2");
}
