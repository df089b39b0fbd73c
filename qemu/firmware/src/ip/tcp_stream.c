#include "ip/tcp_stream.h"

#include <string.h>

static err_t on_connected(void *argument, struct tcp_pcb *pcb, err_t error)
{
    struct tcp_stream *stream = argument;
    (void)pcb;
    stream->error = error;
    stream->state = error == ERR_OK ? TCP_STREAM_OPEN : TCP_STREAM_FAILED;
    return ERR_OK;
}

static err_t on_received(void *argument, struct tcp_pcb *pcb, struct pbuf *bytes, err_t error)
{
    struct tcp_stream *stream = argument;
    (void)pcb;
    (void)error;
    if (bytes == NULL) {
        stream->peer_closed = true;
    } else if (stream->received == NULL) {
        stream->received = bytes;
    } else {
        pbuf_cat(stream->received, bytes);
    }
    return ERR_OK;
}

/* lwIP has freed the control block already. */
static void on_error(void *argument, err_t error)
{
    struct tcp_stream *stream = argument;
    stream->pcb = NULL;
    stream->error = error;
    stream->state = TCP_STREAM_FAILED;
}

err_t tcp_stream_connect(struct tcp_stream *stream, const ip_addr_t *address, uint16_t port)
{
    memset(stream, 0, sizeof *stream);
    stream->pcb = tcp_new_ip_type(IP_GET_TYPE(address));
    if (stream->pcb == NULL) {
        return ERR_MEM;
    }
    tcp_arg(stream->pcb, stream);
    tcp_recv(stream->pcb, on_received);
    tcp_err(stream->pcb, on_error);
    tcp_nagle_disable(stream->pcb);
    stream->state = TCP_STREAM_CONNECTING;
    err_t begun = tcp_connect(stream->pcb, address, port, on_connected);
    if (begun != ERR_OK) {
        tcp_stream_close(stream);
    }
    return begun;
}

int tcp_stream_write(struct tcp_stream *stream, const void *bytes, size_t count)
{
    if (stream->pcb == NULL || stream->state != TCP_STREAM_OPEN) {
        return TCP_STREAM_LOST;
    }
    size_t room = tcp_sndbuf(stream->pcb);
    count = count < room ? count : room;
    if (count == 0) {
        return 0;
    }
    err_t error = tcp_write(stream->pcb, bytes, (u16_t)count, TCP_WRITE_FLAG_COPY);
    if (error == ERR_MEM) {
        return 0;
    }
    if (error != ERR_OK) {
        return TCP_STREAM_LOST;
    }
    tcp_output(stream->pcb);
    return (int)count;
}

int tcp_stream_read(struct tcp_stream *stream, void *bytes, size_t count)
{
    if (stream->received == NULL) {
        if (stream->pcb == NULL) {
            return TCP_STREAM_LOST;
        }
        return stream->peer_closed ? TCP_STREAM_EOF : 0;
    }
    u16_t most = count > 0xffff ? 0xffff : (u16_t)count;
    u16_t taken = pbuf_copy_partial(stream->received, bytes, most, 0);
    stream->received = pbuf_free_header(stream->received, taken);
    if (stream->pcb != NULL) {
        tcp_recved(stream->pcb, taken);
    }
    return taken;
}

bool tcp_stream_has_news(const struct tcp_stream *stream)
{
    return stream->received != NULL || stream->peer_closed || stream->pcb == NULL;
}

void tcp_stream_close(struct tcp_stream *stream)
{
    if (stream->received != NULL) {
        pbuf_free(stream->received);
        stream->received = NULL;
    }
    if (stream->pcb != NULL) {
        tcp_arg(stream->pcb, NULL);
        tcp_recv(stream->pcb, NULL);
        tcp_err(stream->pcb, NULL);
        if (stream->state == TCP_STREAM_CONNECTING || tcp_close(stream->pcb) != ERR_OK) {
            tcp_abort(stream->pcb);
        }
        stream->pcb = NULL;
    }
    stream->state = TCP_STREAM_CLOSED;
}
