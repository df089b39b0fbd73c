#include "net/udp_socket.h"

#include <string.h>

#include "lwip/udp.h"
#include "modem/socket.h"

static void on_received(void *argument, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
    struct udp_socket *udp_socket = argument;
    (void)pcb;
    (void)from;
    (void)port;
    if (udp_socket->count == UDP_SOCKET_WAITING_MAX) {
        pbuf_free(packet);
    } else {
        udp_socket->waiting[udp_socket->count++] = packet;
    }
}

bool udp_socket_open(struct udp_socket *udp_socket, const ip_addr_t *address, uint16_t port)
{
    memset(udp_socket, 0, sizeof *udp_socket);
    udp_socket->pcb = udp_new_ip_type(IP_GET_TYPE(address));
    if (udp_socket->pcb == NULL) {
        return false;
    }
    udp_recv(udp_socket->pcb, on_received, udp_socket);
    return udp_connect(udp_socket->pcb, address, port) == ERR_OK;
}

bool udp_socket_open_by_modem(struct udp_socket *udp_socket, const char *host, uint16_t port)
{
    int error;
    memset(udp_socket, 0, sizeof *udp_socket);
    udp_socket->modem = modem_socket_open(host, port, MODEM_UDP, &error);
    return udp_socket->modem != NULL;
}

bool udp_socket_is_open(const struct udp_socket *udp_socket)
{
    return udp_socket->pcb != NULL || udp_socket->modem != NULL;
}

void udp_socket_send(struct udp_socket *udp_socket, const void *bytes, size_t count)
{
    if (udp_socket->modem != NULL) {
        modem_socket_send(udp_socket->modem, bytes, count);
        return;
    }
    struct pbuf *packet = udp_socket->pcb == NULL ? NULL : pbuf_alloc(PBUF_TRANSPORT, (u16_t)count, PBUF_RAM);
    if (packet != NULL) {
        memcpy(packet->payload, bytes, count);
        udp_send(udp_socket->pcb, packet);
        pbuf_free(packet);
    }
}

int udp_socket_receive(struct udp_socket *udp_socket, void *to, size_t room)
{
    if (udp_socket->modem != NULL) {
        return modem_socket_receive(udp_socket->modem, to, room);
    }
    if (udp_socket->count == 0) {
        return -1;
    }
    struct pbuf *packet = udp_socket->waiting[0];
    int size = packet->tot_len;
    pbuf_copy_partial(packet, to, (u16_t)(room < 0xffff ? room : 0xffff), 0);
    pbuf_free(packet);
    udp_socket->count--;
    memmove(udp_socket->waiting, udp_socket->waiting + 1, udp_socket->count * sizeof udp_socket->waiting[0]);
    return size;
}

void udp_socket_close(struct udp_socket *udp_socket)
{
    if (udp_socket->modem != NULL) {
        modem_socket_close(udp_socket->modem);
    }
    if (udp_socket->pcb != NULL) {
        udp_remove(udp_socket->pcb);
    }
    while (udp_socket->count > 0) {
        pbuf_free(udp_socket->waiting[--udp_socket->count]);
    }
    udp_socket->pcb = NULL;
    udp_socket->modem = NULL;
}
