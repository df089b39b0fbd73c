/* One UDP socket that is connected to a place, polled; nothing here waits. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lwip/ip_addr.h"

/* CONFIG_LWIP_UDP_RECVMBOX_SIZE: what comes while so many wait is dropped in silence. */
#define UDP_SOCKET_WAITING_MAX 6

struct udp_pcb;
struct pbuf;
struct modem_socket;

struct udp_socket {
    struct udp_pcb *pcb;        /* NULL where it is closed, or the modem's */
    struct modem_socket *modem; /* else NULL */
    struct pbuf *waiting[UDP_SOCKET_WAITING_MAX];
    unsigned count;
};

/* Datagrams of others are not taken. False when lwIP has no memory for it. The socket must stay where it is until it is closed. */
bool udp_socket_open(struct udp_socket *udp_socket, const ip_addr_t *address, uint16_t port);

/* The same inside the modem, which asks for the name. */
bool udp_socket_open_by_modem(struct udp_socket *udp_socket, const char *host, uint16_t port);
bool udp_socket_is_open(const struct udp_socket *udp_socket);
void udp_socket_send(struct udp_socket *udp_socket, const void *bytes, size_t count);

/* The size of the next datagram, of which what fits is copied; -1 for none at the moment. */
int udp_socket_receive(struct udp_socket *udp_socket, void *to, size_t room);
void udp_socket_close(struct udp_socket *udp_socket);
