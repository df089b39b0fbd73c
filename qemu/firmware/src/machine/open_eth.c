#include "machine/open_eth.h"

#include <string.h>

#include "machine/board.h"

/* Registers and descriptors {length<<16 | flags, buffer}: transmit descriptors first, then receive ones. */
#define MAC(n)            REGISTER32(board_ethernet_base + 4 * (n))
#define MODE              MAC(0)
#define INTERRUPT_SOURCE  MAC(1)
#define INTERRUPT_MASK    MAC(2)
#define PACKET_LENGTHS    MAC(6)
#define TRANSMIT_COUNT    MAC(8)
#define ADDRESS_LOW       MAC(16)
#define ADDRESS_HIGH      MAC(17)
#define MULTICAST(n)      MAC(18 + (n)) /* 64 bits, one for each group of addresses */
#define CONTROL(n)        REGISTER32(board_ethernet_base + 0x400 + 8 * (n))
#define BUFFER(n)         REGISTER32(board_ethernet_base + 0x404 + 8 * (n))

#define MODE_RESET        0x0800u
#define MODE_RUN          0xa403u /* pad, append CRC, full duplex, transmit, receive */
#define RECEIVED          0x14u   /* RXB | BUSY */
#define ALL_INTERRUPTS    0x7fu

#define READY             0x8000u /* the MAC's turn: "ready" to send, or "empty" to receive into */
#define RAISES_INTERRUPT  0x4000u
#define LAST_OF_RING      0x2000u
#define PAD_AND_CRC       0x1800u

#define TRANSMIT_BUFFERS  2
#define RECEIVE_BUFFERS   16
#define FRAME_BYTES_MIN   60
#define CHECKSUM_BYTES    4

static uint8_t transmit_buffer[TRANSMIT_BUFFERS][OPEN_ETH_FRAME_BYTES_MAX] __attribute__((aligned(4)));
static uint8_t receive_buffer[RECEIVE_BUFFERS][OPEN_ETH_FRAME_BYTES_MAX] __attribute__((aligned(4)));
static unsigned transmit_next;
static unsigned receive_next;
static open_eth_receiver *receives;

static uint32_t receive_control(unsigned index)
{
    return READY | RAISES_INTERRUPT | (index == RECEIVE_BUFFERS - 1 ? LAST_OF_RING : 0);
}

uint8_t *open_eth_room(void)
{
    return CONTROL(transmit_next) & READY ? NULL : transmit_buffer[transmit_next];
}

/* Writing READY sends at once, so the buffer is named first. */
void open_eth_send(size_t length)
{
    unsigned index = transmit_next;
    uint8_t *buffer = transmit_buffer[index];
    if (length < FRAME_BYTES_MIN) {
        memset(buffer + length, 0, FRAME_BYTES_MIN - length);
        length = FRAME_BYTES_MIN;
    }
    BUFFER(index) = (uint32_t)(uintptr_t)buffer;
    CONTROL(index) = (uint32_t)length << 16 | READY | PAD_AND_CRC | (index == TRANSMIT_BUFFERS - 1 ? LAST_OF_RING : 0);
    transmit_next = (index + 1) % TRANSMIT_BUFFERS;
}

bool open_eth_poll(void)
{
    bool received = false;
    INTERRUPT_SOURCE = INTERRUPT_SOURCE;
    while (!(CONTROL(TRANSMIT_BUFFERS + receive_next) & READY)) {
        uint32_t length = CONTROL(TRANSMIT_BUFFERS + receive_next) >> 16;
        if (length > CHECKSUM_BYTES) {
            receives(receive_buffer[receive_next], length - CHECKSUM_BYTES);
        }
        CONTROL(TRANSMIT_BUFFERS + receive_next) = receive_control(receive_next);
        receive_next = (receive_next + 1) % RECEIVE_BUFFERS;
        received = true;
    }
    return received;
}

static void prepare_rings(void)
{
    TRANSMIT_COUNT = TRANSMIT_BUFFERS;
    for (unsigned i = 0; i < TRANSMIT_BUFFERS; i++) {
        CONTROL(i) = 0;
    }
    for (unsigned i = 0; i < RECEIVE_BUFFERS; i++) {
        BUFFER(TRANSMIT_BUFFERS + i) = (uint32_t)(uintptr_t)receive_buffer[i];
        CONTROL(TRANSMIT_BUFFERS + i) = receive_control(i);
    }
    transmit_next = 0;
    receive_next = 0;
}

void open_eth_start(const uint8_t mac[6], open_eth_receiver *receiver)
{
    receives = receiver;
    MODE = MODE_RESET;
    MODE = 0;
    prepare_rings();
    ADDRESS_LOW = (uint32_t)mac[2] << 24 | (uint32_t)mac[3] << 16 | (uint32_t)mac[4] << 8 | mac[5];
    ADDRESS_HIGH = (uint32_t)mac[0] << 8 | mac[1];
    MULTICAST(0) = 0xffffffffu;
    MULTICAST(1) = 0xffffffffu;
    PACKET_LENGTHS = 64u << 16 | OPEN_ETH_FRAME_BYTES_MAX;
    INTERRUPT_SOURCE = ALL_INTERRUPTS;
    INTERRUPT_MASK = RECEIVED;
    MODE = MODE_RUN;
}
