/* QEMU gives lx60 one UART, and that one is the console. What goes to the modem goes through the Ethernet controller instead, in frames of
 * an EtherType for experiments (IEEE 802, 88b5), each with the speed it is sent at: u32 baud, u16 count, bytes. Whoever joins the modem to
 * the machine takes them out and gives the bytes their time on the wire. */
#include <string.h>

#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "machine/serial.h"
#include "net/open_eth.h"

#define FRAME_HEADER_BYTES 14
#define HEADER_BYTES       (FRAME_HEADER_BYTES + 6)
#define CHUNK_BYTES_MAX    1400
#define ETHERTYPE_HIGH     0x88
#define ETHERTYPE_LOW      0xb5

/* As much as esp-ml307 has for its receiver: 12 buffers of 512 bytes. */
#define RECEIVED_BYTES_MAX 6144

static struct netif carrier;
static uint32_t speed = 115200;
static uint8_t received[RECEIVED_BYTES_MAX];
static size_t received_used;

static err_t take(struct pbuf *frame, struct netif *netif)
{
    uint8_t header[HEADER_BYTES] = {0};
    (void)netif;
    pbuf_copy_partial(frame, header, sizeof header, 0);
    if (header[12] == ETHERTYPE_HIGH && header[13] == ETHERTYPE_LOW) {
        size_t count = (size_t)header[18] << 8 | header[19];
        size_t room = sizeof received - received_used;
        received_used += pbuf_copy_partial(frame, received + received_used, (u16_t)(count < room ? count : room), HEADER_BYTES);
    }
    pbuf_free(frame);
    return ERR_OK;
}

void serial_start(const uint8_t mac[6])
{
    memcpy(carrier.hwaddr, mac, 6);
    carrier.hwaddr_len = 6;
    carrier.input = take;
    open_eth_start(&carrier);
}

void serial_set_baud(uint32_t baud)
{
    speed = baud;
}

static void send_chunk(const uint8_t *bytes, size_t count)
{
    uint8_t header[HEADER_BYTES] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    memcpy(header + 6, carrier.hwaddr, 6);
    header[12] = ETHERTYPE_HIGH;
    header[13] = ETHERTYPE_LOW;
    for (int i = 0; i < 4; i++) {
        header[14 + i] = (uint8_t)(speed >> (24 - 8 * i));
    }
    header[18] = (uint8_t)(count >> 8);
    header[19] = (uint8_t)count;
    struct pbuf *frame = pbuf_alloc(PBUF_RAW, (u16_t)(HEADER_BYTES + count), PBUF_RAM);
    if (frame != NULL) {
        pbuf_take(frame, header, HEADER_BYTES);
        pbuf_take_at(frame, bytes, (u16_t)count, HEADER_BYTES);
        while (carrier.linkoutput(&carrier, frame) == ERR_MEM) {
        }
        pbuf_free(frame);
    }
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
    open_eth_poll(&carrier);
    size_t count = received_used < room ? received_used : room;
    memcpy(to, received, count);
    received_used -= count;
    memmove(received, received + count, received_used);
    return count;
}
