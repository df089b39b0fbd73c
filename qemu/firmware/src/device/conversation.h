/* What is said on the open channel: dispatches the server's messages as the firmware's Application does. */
#pragma once

#include <stdint.h>

#include "device/fault.h"
#include "device/wire.h"

void conversation_begin(struct websocket *websocket, const struct server_hello *hello);

/* The user speaks; interrupts whatever is being said. */
void conversation_talk(uint32_t speech_milliseconds);

/* The wake word cuts the server's speech short. */
void conversation_abort(void);

void conversation_text(const uint8_t *bytes, size_t count);
void conversation_audio(const uint8_t *bytes, size_t count);

/* The channel is gone. */
void conversation_end(enum reason reason);
