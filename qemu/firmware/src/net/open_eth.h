/* Driver of the OpenCores 10/100 MAC (QEMU's open_eth). */
#pragma once

#include <stdbool.h>

#include "lwip/netif.h"

/* For netif_add: hwaddr must be set. */
err_t open_eth_start(struct netif *interface);

/* Hands received frames to lwIP; true if there were any. */
bool open_eth_poll(struct netif *interface);
