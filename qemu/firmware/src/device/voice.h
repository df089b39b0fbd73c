/* Voice in UDP datagrams: AES-128-CTR under a header of 16 bytes that is its counter block (protocol reference 2.3, 2.4). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/json.h"

/* Takes place, key and nonce out of the object "udp" of a hello, whenever that comes: both sequences begin anew. False, logged, when
 * something of it is missing. */
bool voice_take_offer(struct json udp);

/* A socket to the place last offered; false, logged, when it has no address. */
bool voice_open(void);
void voice_send(const uint8_t *opus, size_t count);

/* The Opus bytes of the next datagram that is taken; -1 for none at the moment. Those that are refused are logged. */
int voice_receive(void);

/* Logs how voice came through, if a socket is open. */
void voice_close(void);
