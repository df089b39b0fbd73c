/* The modem's sockets as its lines tell of them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/at.h"
#include "modem/socket.h"

/* CreateWebSocket(1) of xiaozhi-esp32; the others are whatever else is open at the same time. */
#define MODEM_SOCKETS_MAX 3

/* Of the size before a datagram among the bytes that came. */
#define DATAGRAM_SIZE_BYTES 2

struct modem_socket {
    uint8_t *bytes; /* that came and were not read; each datagram behind its size */
    size_t used;
    bool taken;     /* by a connection of the firmware's */
    enum modem_protocol protocol;
    bool connected;
    bool active;    /* in the modem */
    bool stated;
    bool answered;  /* to its opening */
    bool sent;
    bool refused;   /* the modem took nothing of what it was to send */
    bool closed;
    int error;
};

extern struct modem_sockets {
    struct modem_socket all[MODEM_SOCKETS_MAX];
    bool quectel;
    const char *locks; /* as in modem_settings */
} modem_sockets;

/* Its number in commands. */
int modem_socket_id(const struct modem_socket *socket);

/* Under what its lines are logged, and its protocol in words. */
const char *modem_socket_tag(const struct modem_socket *socket);
const char *modem_socket_kind(const struct modem_socket *socket);

/* What a line says of sockets; as at_listener. */
bool modem_socket_hear(const char *name, const struct at_arguments *arguments);
