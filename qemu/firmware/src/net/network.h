/* The one network interface: lwIP on open_eth, addresses by DHCP and router advertisement; or a modem, with lwIP above its PPP, or with sockets of its own. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct modem_settings;

/* Which addresses the interface gets on Ethernet. */
enum network_ip { NETWORK_IPV4, NETWORK_IPV6, NETWORK_BOTH };

void network_start(const uint8_t mac[6], enum network_ip ip, const struct modem_settings *modem);
bool network_is_up(void);

/* The address as text; of interest when up. */
const char *network_address(void);

/* Receives, runs timers; true if something came in. */
bool network_poll(void);

/* How long nothing needs to be done unless a frame comes. */
uint32_t network_idle_milliseconds(void);
