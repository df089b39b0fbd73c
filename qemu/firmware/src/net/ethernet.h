/* What every Ethernet interface of lwIP's has alike, whatever carries its frames. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "lwip/netif.h"

/* For netif_add: hwaddr must be set. */
void ethernet_describe(struct netif *interface, netif_linkoutput_fn send);

/* Hands lwIP a frame that came. */
void ethernet_deliver(struct netif *interface, const uint8_t *frame, size_t length);
