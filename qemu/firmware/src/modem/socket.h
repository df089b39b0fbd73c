/* A TCP, TLS or UDP socket inside the modem, ML307 or EC801E: commands out, lines with hexadecimal in (src/ml307, src/ec801e of 78/esp-ml307). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct modem_socket;

enum modem_protocol { MODEM_TCP, MODEM_TLS, MODEM_UDP };

/* The dialect of the module that AT+CGMR named, and how fast the line is. */
void modem_socket_family(bool quectel, uint32_t baud, const char *locks);

/* NULL: it did not open; error is the modem's number, or 0 where nothing was said within ten seconds. */
struct modem_socket *modem_socket_open(const char *host, uint16_t port, enum modem_protocol protocol, int *error);

/* Bytes taken, 0 for none at the moment, -1 when the peer has closed. */
int modem_socket_read(struct modem_socket *socket, void *to, size_t room);

/* False when a piece was not taken. */
bool modem_socket_write(struct modem_socket *socket, const void *bytes, size_t count);

/* The size of the next datagram, of which what fits is copied; -1 for none at the moment. */
int modem_socket_receive(struct modem_socket *socket, void *to, size_t room);

/* One datagram; that it was not taken is logged. */
void modem_socket_send(struct modem_socket *socket, const void *bytes, size_t count);

void modem_socket_close(struct modem_socket *socket);
