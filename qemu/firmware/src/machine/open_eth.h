/* Driver of the OpenCores 10/100 MAC (QEMU's open_eth). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OPEN_ETH_FRAME_BYTES_MAX 1536

/* Sees a frame while it is being polled for; the bytes are gone afterwards. */
typedef void open_eth_receiver(const uint8_t *frame, size_t length);

void open_eth_start(const uint8_t mac[6], open_eth_receiver *receiver);

/* Room for the next frame to send; NULL where all there is is still being sent. */
uint8_t *open_eth_room(void);

/* Sends what was put there. */
void open_eth_send(size_t length);

/* Hands over what was received; true if there was anything. */
bool open_eth_poll(void);
