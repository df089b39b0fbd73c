/* The device and its user: opens and closes the channel, talks, tries again. */
#pragma once

#include <stdint.h>

/* What the user does. */
void device_connect(void);
void device_disconnect(void);
void device_talk(uint32_t speech_milliseconds);
void device_abort(void);

/* Takes what the server sent and does what is due; returns the milliseconds until something is due again. */
uint32_t device_poll(void);
