#include "net/connection.h"

#include <string.h>

#include "machine/clock.h"
#include "machine/loop.h"
#include "modem/socket.h"
#include "tls/tls.h"

/* A peer that takes nothing for that long is gone (SO_SNDTIMEO). */
#define WRITE_MILLISECONDS_MAX 10000

enum connect_result connection_open(struct connection *connection, const ip_addr_t *address, uint16_t port,
                                    uint32_t milliseconds_max)
{
    connection->tls = NULL;
    connection->modem = NULL;
    err_t begun = tcp_stream_connect(&connection->tcp, address, port);
    if (begun != ERR_OK) {
        return begun == ERR_RTE ? CONNECT_UNREACHABLE : CONNECT_NO_MEMORY;
    }
    uint32_t start = clock_milliseconds();
    while (connection->tcp.state == TCP_STREAM_CONNECTING) {
        if (loop_is_cancelled()) {
            return CONNECT_CANCELLED;
        }
        if (clock_milliseconds() - start >= milliseconds_max) {
            return CONNECT_TIMEOUT;
        }
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
    return connection->tcp.state == TCP_STREAM_OPEN ? CONNECT_OK
           : connection->tcp.error == ERR_ABRT      ? CONNECT_TIMEOUT
                                                    : CONNECT_REFUSED;
}

bool connection_open_by_modem(struct connection *connection, const char *host, uint16_t port, bool tls, int *error)
{
    memset(connection, 0, sizeof *connection);
    connection->modem = modem_socket_open(host, port, tls ? MODEM_TLS : MODEM_TCP, error);
    return connection->modem != NULL;
}

int connection_read(struct connection *connection, void *bytes, size_t count)
{
    if (connection->modem != NULL) {
        int read = modem_socket_read(connection->modem, bytes, count);
        return read >= 0 ? read : CONNECTION_CLOSED;
    }
    int taken = connection->tls != NULL ? tls_read(connection->tls, bytes, count)
                                        : tcp_stream_read(&connection->tcp, bytes, count);
    return taken >= 0 ? taken : taken == TCP_STREAM_EOF ? CONNECTION_CLOSED : CONNECTION_LOST;
}

bool connection_write(struct connection *connection, const void *bytes, size_t count)
{
    if (connection->modem != NULL) {
        return modem_socket_write(connection->modem, bytes, count);
    }
    const uint8_t *next = bytes;
    uint32_t start = clock_milliseconds();
    while (count > 0) {
        int taken = connection->tls != NULL ? tls_write(connection->tls, next, count)
                                            : tcp_stream_write(&connection->tcp, next, count);
        if (taken < 0 || clock_milliseconds() - start >= WRITE_MILLISECONDS_MAX) {
            return false;
        }
        if (taken == 0) {
            loop_turn(LOOP_TURN_MILLISECONDS);
        } else {
            start = clock_milliseconds();
        }
        next += taken;
        count -= (size_t)taken;
    }
    return true;
}

int connection_error(const struct connection *connection)
{
    return connection->tls != NULL ? tls_error(connection->tls) : 0;
}

void connection_close(struct connection *connection)
{
    if (connection->modem != NULL) {
        modem_socket_close(connection->modem);
        connection->modem = NULL;
    }
    tls_free(connection->tls);
    connection->tls = NULL;
    tcp_stream_close(&connection->tcp);
}
