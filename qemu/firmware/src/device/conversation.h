/* What is said on the open channel: dispatches the server's messages as the firmware's Application does. */
#pragma once

#include <stdint.h>

#include "client/fault.h"
#include "device/wire.h"

void conversation_begin(const struct channel *channel, const struct server_hello *hello);

/* A hello on the open channel. */
void conversation_renew(const struct server_hello *hello);

/* The user speaks; interrupts whatever is being said. */
void conversation_talk(uint32_t speech_milliseconds);

/* The wake word cuts the server's speech short. */
void conversation_abort(void);

/* A message other than a hello; a transport that stays connected brings them while no channel is open, too. */
void conversation_take(const struct message *message);

/* A packet of that many Opus bytes; negative for one that is too short for its header. */
void conversation_audio(int64_t opus_bytes);

/* The channel is gone. */
void conversation_end(enum reason reason);
