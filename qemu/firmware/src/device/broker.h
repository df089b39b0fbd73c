/* The connection to the MQTT broker, which lasts: made at boot, lost and made again, whether or not a channel is open. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/attempt.h"

/* StartMqttClient(): makes a client and waits for it, 10 s at the most. False, logged and in attempt->fault, when it does not connect. */
bool broker_start(struct attempt *attempt);
bool broker_is_connected(void);

/* Whether there is anywhere to publish to; where not, the firmware says nothing at all. */
bool broker_has_topic(void);

/* False, logged, when it could not be sent. */
bool broker_publish(const char *text);

/* The text of the next message, valid until the next call; false for none at the moment. */
bool broker_next(const uint8_t **bytes, size_t *count);

/* Connects again when that is due; returns the milliseconds until something is. */
uint32_t broker_poll(void);
