/* A byte stream to a peer, plain or TLS; reads poll, writes and the opening wait and keep the main loop turning. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ip/tcp_stream.h"

struct tls_session;
struct modem_socket;

struct connection {
    struct tcp_stream tcp;
    struct tls_session *tls; /* NULL when plain */
    struct modem_socket *modem; /* where it is the modem's, TLS too; else NULL */
};

#define CONNECTION_CLOSED (-1) /* by the peer, in order */
#define CONNECTION_LOST   (-2)

enum connect_result {
    CONNECT_OK,
    CONNECT_NO_MEMORY,
    CONNECT_UNREACHABLE, /* no way there, such as to an IPv6 address without having one */
    CONNECT_REFUSED,
    CONNECT_TIMEOUT,
    CONNECT_CANCELLED,
};

/* TCP only. */
enum connect_result connection_open(struct connection *connection, const ip_addr_t *address, uint16_t port,
                                    uint32_t milliseconds_max);

/* TCP, and TLS where wanted, inside the modem; error is as modem_socket_open says. */
bool connection_open_by_modem(struct connection *connection, const char *host, uint16_t port, bool tls, int *error);

/* Bytes read, 0 for none at the moment, CONNECTION_CLOSED or CONNECTION_LOST. */
int connection_read(struct connection *connection, void *bytes, size_t count);

/* False when the connection is lost. */
bool connection_write(struct connection *connection, const void *bytes, size_t count);

/* mbedTLS code of a broken TLS stream, else 0; to be asked before it is closed. */
int connection_error(const struct connection *connection);

void connection_close(struct connection *connection);
