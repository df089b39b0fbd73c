/* NT26 and EC801E with the firmware of a serial network card: what 78/uart-eth-modem 0.4.2 says to it before and after registration. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "modem/at.h"

/* Finds its speed, and configures one that is new; false, logged, where it does not answer. */
bool network_card_identify(uint32_t baud);

/* Starts its network; false, logged, where that fails. */
bool network_card_join(void);

/* What a line says of it; as at_listener. */
bool network_card_hear(const char *name, const struct at_arguments *arguments);
