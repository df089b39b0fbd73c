/* What every Ethernet interface of lwIP's has alike, whatever carries its frames. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "lwip/netif.h"

/* Adds one that sends frames so, as the interface of choice. */
void ethernet_add(struct netif *interface, const uint8_t mac[6], netif_linkoutput_fn send);

/* Hands lwIP a frame that came. */
void ethernet_deliver(struct netif *interface, const uint8_t *frame, size_t length);
