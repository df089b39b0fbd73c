/* A modem whose UART is a network card: AT commands and Ethernet side by side, each behind a header of four bytes, with lwIP above
 * (78/uart-eth-modem, FrameHeader in include/uart_eth_modem.h). The pins that wake either end, and XOFF, are not there. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/at.h"

/* How AT commands pass it. */
extern const struct at_carrier card_commands;

/* The interface, of which the modem knows nothing yet. */
void card_start(const uint8_t mac[6]);

/* The handshake, where the modem's network was not started before, then DHCP; false where either is not answered in time. */
bool card_join(bool is_started);

/* Hands what has come to lwIP, or keeps it for whoever reads what the modem said; true if something had. */
bool card_poll(void);

const char *card_address(void);
