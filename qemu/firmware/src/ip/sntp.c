#include "ip/sntp.h"

#include <string.h>

#include "ip/dns.h"
#include "lwip/udp.h"
#include "machine/clock.h"
#include "machine/loop.h"

#define PORT                123
#define MESSAGE_BYTES       48
#define CLIENT_VERSION_4    0x23
#define MODE_SERVER         4
#define TRANSMIT_TIME_AT    40
#define UNIX_EPOCH          2208988800u /* in seconds since 1900 */
#define QUESTIONS           3
#define ANSWER_MILLISECONDS 2000

static uint32_t answered; /* seconds since 1900, 0 = not yet */

static void on_received(void *argument, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
    uint8_t message[MESSAGE_BYTES];
    (void)argument;
    (void)pcb;
    (void)from;
    (void)port;
    if (pbuf_copy_partial(packet, message, sizeof message, 0) == sizeof message && (message[0] & 7) == MODE_SERVER) {
        const uint8_t *time = message + TRANSMIT_TIME_AT;
        answered = (uint32_t)time[0] << 24 | (uint32_t)time[1] << 16 | (uint32_t)time[2] << 8 | time[3];
    }
    pbuf_free(packet);
}

static void send_question(struct udp_pcb *pcb, const ip_addr_t *server)
{
    struct pbuf *packet = pbuf_alloc(PBUF_TRANSPORT, MESSAGE_BYTES, PBUF_RAM);
    if (packet != NULL) {
        memset(packet->payload, 0, MESSAGE_BYTES);
        *(uint8_t *)packet->payload = CLIENT_VERSION_4;
        udp_sendto(pcb, packet, server, PORT);
        pbuf_free(packet);
    }
}

bool sntp_ask(const char *host, int64_t *unix_seconds)
{
    ip_addr_t server;
    struct udp_pcb *pcb = dns_resolve(host, &server) ? udp_new_ip_type(IP_GET_TYPE(&server)) : NULL;
    if (pcb == NULL) {
        return false;
    }
    answered = 0;
    udp_recv(pcb, on_received, NULL);
    for (int i = 0; i < QUESTIONS && answered == 0 && !loop_is_cancelled(); i++) {
        uint32_t asked = clock_milliseconds();
        send_question(pcb, &server);
        while (answered == 0 && clock_milliseconds() - asked < ANSWER_MILLISECONDS && !loop_is_cancelled()) {
            loop_turn(LOOP_TURN_MILLISECONDS);
        }
    }
    udp_remove(pcb);
    *unix_seconds = (int64_t)(uint32_t)(answered - UNIX_EPOCH);
    return answered != 0;
}
