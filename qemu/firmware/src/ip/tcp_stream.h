/* One TCP connection as a byte stream that is polled: nothing here waits. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lwip/tcp.h"

enum tcp_stream_state { TCP_STREAM_CLOSED, TCP_STREAM_CONNECTING, TCP_STREAM_OPEN, TCP_STREAM_FAILED };

struct tcp_stream {
    struct tcp_pcb *pcb;
    struct pbuf *received;
    enum tcp_stream_state state;
    bool peer_closed;
    err_t error;
};

#define TCP_STREAM_EOF  (-1)
#define TCP_STREAM_LOST (-2)

/* ERR_OK, or lwIP's error when no connect was sent. The stream must stay where it is until it is closed. */
err_t tcp_stream_connect(struct tcp_stream *stream, const ip_addr_t *address, uint16_t port);

/* Bytes taken, 0 for none at the moment, or TCP_STREAM_LOST. */
int tcp_stream_write(struct tcp_stream *stream, const void *bytes, size_t count);

/* Bytes read, 0 for none at the moment, TCP_STREAM_EOF or TCP_STREAM_LOST. */
int tcp_stream_read(struct tcp_stream *stream, void *bytes, size_t count);

/* Whether a peer's FIN, a reset or unread bytes are waiting. */
bool tcp_stream_has_news(const struct tcp_stream *stream);

void tcp_stream_close(struct tcp_stream *stream);
