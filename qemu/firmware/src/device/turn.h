/* One turn: the user speaks, the microphone streams, the reply is awaited; ends exactly once. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "client/fault.h"
#include "device/channel.h"

/* speech in milliseconds; ends a turn that is under way as closed by the user. */
void turn_begin(const struct channel *channel, uint32_t speech_milliseconds);

/* Sends what is due and notices when the user's patience is over; returns the milliseconds until it wants to be asked again. */
uint32_t turn_poll(void);

/* The firmware switches the microphone off, as the server began to answer, whatever the user still has to say. */
void turn_cut_off(void);

/* Anything of the reply arrived. */
void turn_sign_of_reply(void);

/* A packet of the reply was taken into the decode queue. */
void turn_audio_arrived(void);

void turn_complete(void);
void turn_fail(enum reason reason);
