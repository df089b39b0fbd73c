#include "modem/card_frames.h"

#include <string.h>

#include "ip/ethernet.h"
#include "lwip/dhcp.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "machine/serial.h"

#define HEADER_BYTES      4
#define PAYLOAD_BYTES_MAX 1596
#define SAID_BYTES_MAX    1024
#define TYPE_ETHERNET     0
#define TYPE_AT           1

#define HANDSHAKE_MILLISECONDS 5000
#define DHCP_MILLISECONDS      30000

static const char TAG[] = "UartEthModem";
static const uint8_t HANDSHAKE[] = {'S', 'P', 'I', 'C', 2, 4, 12, 0, 0, 0, 0, 0};
static const uint8_t HANDSHAKE_ACK[] = {'S', 'P', 'I', 'C', 1, 0x80};

static struct netif interface;
static uint8_t leaving[HEADER_BYTES + PAYLOAD_BYTES_MAX];
static uint8_t received[HEADER_BYTES + PAYLOAD_BYTES_MAX];
static size_t received_used;
static char said[SAID_BYTES_MAX];
static size_t said_used;
static uint8_t sequence;
static bool carries_frames;

static uint8_t checksum(const uint8_t *header)
{
    unsigned sum = 0u + header[0] + header[1] + header[2];
    return (uint8_t)(sum >> 8 ^ sum ^ 3);
}

/* The payload is in its place. */
static void send(int type, size_t count)
{
    leaving[0] = (uint8_t)count;
    leaving[1] = (uint8_t)(sequence++ << 4 | count >> 8);
    leaving[2] = (uint8_t)(type << 2);
    leaving[3] = checksum(leaving);
    serial_write(leaving, HEADER_BYTES + count);
}

static err_t send_frame(struct netif *netif, struct pbuf *frame)
{
    (void)netif;
    send(TYPE_ETHERNET, pbuf_copy_partial(frame, leaving + HEADER_BYTES, PAYLOAD_BYTES_MAX, 0));
    return ERR_OK;
}

/* Ends with a carriage return alone. */
static void send_command(const char *command)
{
    size_t count = strnlen(command, PAYLOAD_BYTES_MAX - 1);
    memcpy(leaving + HEADER_BYTES, command, count);
    leaving[HEADER_BYTES + count] = '\r';
    send(TYPE_AT, count + 1);
}

static size_t read_said(void *to, size_t room)
{
    size_t count = said_used < room ? said_used : room;
    memcpy(to, said, count);
    said_used -= count;
    memmove(said, said + count, said_used);
    return count;
}

const struct at_carrier card_commands = {send_command, read_said};

void card_start(const uint8_t mac[6])
{
    ethernet_add(&interface, mac, send_frame);
}

static void take(int type, const uint8_t *payload, size_t count)
{
    if (type == TYPE_AT) {
        size_t room = sizeof said - said_used;
        size_t kept = count < room ? count : room;
        memcpy(said + said_used, payload, kept);
        said_used += kept;
    } else if (type == TYPE_ETHERNET && carries_frames) {
        ethernet_deliver(&interface, payload, count);
    } else if (type == TYPE_ETHERNET && count >= sizeof HANDSHAKE_ACK) {
        carries_frames = memcmp(payload, HANDSHAKE_ACK, sizeof HANDSHAKE_ACK) == 0;
    }
}

/* How many bytes the next frame takes, one where none begins; 0: it is not all there. */
static size_t parse(const uint8_t *from, size_t count)
{
    if (count < HEADER_BYTES) {
        return 0;
    }
    size_t length = from[0] | (size_t)(from[1] & 15) << 8;
    if (from[3] != checksum(from) || length > PAYLOAD_BYTES_MAX) {
        return 1;
    }
    if (count < HEADER_BYTES + length) {
        return 0;
    }
    take(from[2] >> 2 & 3, from + HEADER_BYTES, length);
    return HEADER_BYTES + length;
}

bool card_poll(void)
{
    size_t came = serial_read(received + received_used, sizeof received - received_used);
    bool any = came > 0;
    while (came > 0) {
        size_t from = 0;
        received_used += came;
        for (size_t taken = parse(received, received_used); taken > 0; taken = parse(received + from, received_used - from)) {
            from += taken;
        }
        received_used -= from;
        memmove(received, received + from, received_used);
        came = serial_read(received + received_used, sizeof received - received_used);
    }
    return any;
}

static bool can_carry(void)
{
    return carries_frames;
}

static bool has_address(void)
{
    return dhcp_supplied_address(&interface);
}

static bool await(bool (*condition)(void), uint32_t milliseconds_max)
{
    uint32_t since = clock_milliseconds();
    while (!condition() && clock_milliseconds() - since < milliseconds_max) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
    return condition();
}

static bool shake_hands(void)
{
    memcpy(leaving + HEADER_BYTES, HANDSHAKE, sizeof HANDSHAKE);
    send(TYPE_ETHERNET, sizeof HANDSHAKE);
    return await(can_carry, HANDSHAKE_MILLISECONDS);
}

bool card_join(bool is_started)
{
    carries_frames = is_started;
    if (!is_started && !shake_hands()) {
        LOGE(TAG, "Handshake timeout");
        return false;
    }
    netif_set_up(&interface);
    return dhcp_start(&interface) == ERR_OK && await(has_address, DHCP_MILLISECONDS);
}

const char *card_address(void)
{
    return ip4addr_ntoa(netif_ip4_addr(&interface));
}
