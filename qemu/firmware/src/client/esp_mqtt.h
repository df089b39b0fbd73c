/* What espressif/esp-mqtt puts on the console of a connect that failed and of a connection that is lost. */
#pragma once

#include "client/fault.h"

/* Of a connect: the client's lines; the error its user gets. */
int esp_mqtt_log(const struct fault *fault);

/* The fieldloop line behind them. */
void esp_mqtt_log_refusal(const struct fault *fault, int error);

/* Of a connection: ended by the peer in order, or lost with mbedTLS's error, 0 without TLS. */
void esp_mqtt_log_loss(bool ended, int error);
