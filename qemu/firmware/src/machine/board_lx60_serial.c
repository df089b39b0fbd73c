/* QEMU gives lx60 one UART, and that one is the console. What goes to the modem goes through the Ethernet controller instead, in frames of
 * an EtherType for experiments (IEEE 802, 88b5), each with the speed it is sent at: u32 baud, u16 count, bytes. Whoever joins the modem to
 * the machine takes them out and gives the bytes their time on the wire. */
#include <string.h>

#include "machine/big_endian.h"
#include "machine/open_eth.h"
#include "machine/serial.h"

#define FRAME_HEADER_BYTES 14
#define HEADER_BYTES       (FRAME_HEADER_BYTES + 6)
#define CHUNK_BYTES_MAX    1400
#define ETHERTYPE          0x88b5

/* As much as esp-ml307 has for its receiver: 12 buffers of 512 bytes. */
#define RECEIVED_BYTES_MAX 6144

static uint8_t own_mac[6];
static uint32_t speed = 115200;
static uint8_t received[RECEIVED_BYTES_MAX];
static size_t received_used;

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void take(const uint8_t *frame, size_t length)
{
    if (length >= HEADER_BYTES && get_u16(frame + 12) == ETHERTYPE) {
        size_t count = least(get_u16(frame + 18), least(length - HEADER_BYTES, sizeof received - received_used));
        memcpy(received + received_used, frame + HEADER_BYTES, count);
        received_used += count;
    }
}

void serial_start(const uint8_t mac[6])
{
    memcpy(own_mac, mac, sizeof own_mac);
    open_eth_start(mac, take);
}

void serial_set_baud(uint32_t baud)
{
    speed = baud;
}

static void send_chunk(const uint8_t *bytes, size_t count)
{
    uint8_t *frame;
    do {
        frame = open_eth_room();
    } while (frame == NULL);
    memset(frame, 0xff, 6);
    memcpy(frame + 6, own_mac, sizeof own_mac);
    put_u16(frame + 12, ETHERTYPE);
    put_u32(frame + 14, speed);
    put_u16(frame + 18, (uint32_t)count);
    memcpy(frame + HEADER_BYTES, bytes, count);
    open_eth_send(HEADER_BYTES + count);
}

void serial_write(const void *bytes, size_t count)
{
    for (const uint8_t *next = bytes; count > 0;) {
        size_t chunk = count < CHUNK_BYTES_MAX ? count : CHUNK_BYTES_MAX;
        send_chunk(next, chunk);
        next += chunk;
        count -= chunk;
    }
}

size_t serial_read(void *to, size_t room)
{
    open_eth_poll();
    size_t count = least(received_used, room);
    memcpy(to, received, count);
    received_used -= count;
    memmove(received, received + count, received_used);
    return count;
}
