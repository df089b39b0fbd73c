#include "modem/socket.h"

#include <stdio.h>
#include <string.h>

#include "machine/big_endian.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "modem/socket_lines.h"

#define EVENT_MILLISECONDS  10000
#define ML307_CHUNK_BYTES   730
#define QUECTEL_CHUNK_BYTES 1460
#define RETRY_MILLISECONDS  100
#define PROMPT_MILLISECONDS 1000

/* Beyond its time on the wire, 100 ms in esp-ml307; a busy machine gets more, since what was said in vain is sent all the same. */
#define SEND_MARGIN         1000

static uint32_t line_baud;

void modem_socket_family(bool is_quectel, uint32_t baud, const char *held)
{
    modem_sockets.quectel = is_quectel;
    modem_sockets.locks = held;
    line_baud = baud;
}

static bool is_tls(const struct modem_socket *socket)
{
    return socket->protocol == MODEM_TLS;
}

/* Waits for a line that sets the mark. */
static bool await(const bool *mark)
{
    uint32_t since = clock_milliseconds();
    while (!*mark && clock_milliseconds() - since < EVENT_MILLISECONDS && !loop_is_cancelled()) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
    return *mark;
}

static bool set_up_ml307(struct modem_socket *socket)
{
    int id = modem_socket_id(socket);
    at_ask("AT+MIPSTATE=%d", id);
    if (!await(&socket->stated)) {
        LOGE(modem_socket_tag(socket), "Failed to initialize TCP connection");
        return false;
    }
    if (socket->active && at_ask("AT+MIPCLOSE=%d", id) == AT_OK) {
        await(&socket->closed);
    }
    if (is_tls(socket)) {
        at_ask("AT+MSSLCFG=\"auth\",0,0");
    }
    if (at_ask("AT+MIPCFG=\"ssl\",%d,%d,0", id, is_tls(socket)) != AT_OK) {
        LOGE(modem_socket_tag(socket), "Failed to set SSL configuration");
        return false;
    }
    if (at_ask("AT+MIPCFG=\"encoding\",%d,%d,1", id, socket->protocol != MODEM_UDP) != AT_OK) {
        LOGE(modem_socket_tag(socket), "Failed to set HEX encoding");
        return false;
    }
    return true;
}

static bool set_up_quectel(struct modem_socket *socket)
{
    at_ask("AT+QICFG=\"close/mode\",1;+QICFG=\"viewmode\",1;+QICFG=\"sendinfo\",1;+QICFG=\"dataformat\",0,1");
    if (is_tls(socket)) {
        at_ask("AT+QSSLCFG=\"sslversion\",1,4;+QSSLCFG=\"ciphersuite\",1,0xFFFF;+QSSLCFG=\"seclevel\",1,0");
    }
    at_ask(is_tls(socket) ? "AT+QSSLSTATE=1,%d" : "AT+QISTATE=1,%d", modem_socket_id(socket));
    if (socket->active) {
        at_ask(is_tls(socket) ? "AT+QSSLCLOSE=%d" : "AT+QICLOSE=%d", modem_socket_id(socket));
    }
    return true;
}

static enum at_result ask_to_open(struct modem_socket *socket, const char *host, uint16_t port)
{
    int id = modem_socket_id(socket);
    return !modem_sockets.quectel         ? at_ask("AT+MIPOPEN=%d,\"%s\",\"%s\",%u,,0", id, modem_socket_kind(socket), host, port)
           : is_tls(socket) ? at_ask("AT+QSSLOPEN=1,1,%d,\"%s\",%u,1", id, host, port)
                            : at_ask("AT+QIOPEN=1,%d,\"%s\",\"%s\",%u,0,1", id, modem_socket_kind(socket), host, port);
}

static bool open_socket(struct modem_socket *socket, const char *host, uint16_t port)
{
    if (!(modem_sockets.quectel ? set_up_quectel(socket) : set_up_ml307(socket))) {
        return false;
    }
    socket->closed = false;
    socket->active = false;
    if (ask_to_open(socket, host, port) != AT_OK) {
        socket->error = at_cme_error();
        if (modem_sockets.quectel || socket->protocol == MODEM_UDP) {
            LOGE(modem_socket_tag(socket), "Failed to open %s connection", modem_socket_kind(socket));
        } else {
            LOGE(modem_socket_tag(socket), "Failed to open TCP connection, error=%d", socket->error);
        }
        return false;
    }
    await(&socket->answered);
    if (!socket->connected) {
        LOGE(modem_socket_tag(socket), "Failed to connect to %s:%u", host, port);
    }
    return socket->connected;
}

struct modem_socket *modem_socket_open(const char *host, uint16_t port, enum modem_protocol protocol, int *error)
{
    struct modem_socket *socket = modem_sockets.all;
    while (socket < modem_sockets.all + MODEM_SOCKETS_MAX - 1 && socket->taken) {
        socket++;
    }
    bool active = socket->active;
    *socket = (struct modem_socket){.taken = true, .protocol = protocol, .active = active};
    if (open_socket(socket, host, port)) {
        return socket;
    }
    *error = socket->error;
    modem_socket_close(socket);
    return NULL;
}

static void forget(struct modem_socket *socket, size_t count)
{
    socket->used -= count;
    memmove(socket->bytes, socket->bytes + count, socket->used);
}

int modem_socket_read(struct modem_socket *socket, void *to, size_t room)
{
    size_t count = socket->used < room ? socket->used : room;
    if (count == 0) {
        return socket->connected ? 0 : -1;
    }
    memcpy(to, socket->bytes, count);
    forget(socket, count);
    return (int)count;
}

int modem_socket_receive(struct modem_socket *socket, void *to, size_t room)
{
    if (socket->used == 0) {
        return -1;
    }
    size_t size = get_u16(socket->bytes);
    memcpy(to, socket->bytes + DATAGRAM_SIZE_BYTES, size < room ? size : room);
    forget(socket, DATAGRAM_SIZE_BYTES + size);
    return (int)size;
}

static enum at_result send_piece(struct modem_socket *socket, const uint8_t *bytes, size_t count)
{
    static char command[40 + 2 * ML307_CHUNK_BYTES];
    if (modem_sockets.quectel) {
        snprintf(command, sizeof command, is_tls(socket) ? "AT+QSSLSEND=%d,%u" : "AT+QISEND=%d,%u", modem_socket_id(socket), (unsigned)count);
        return at_command(command, PROMPT_MILLISECONDS, bytes, count);
    }
    int at = snprintf(command, sizeof command, "AT+MIPSEND=%d,%u", modem_socket_id(socket), (unsigned)count);
    if (socket->protocol == MODEM_UDP) {
        return at_command(command, PROMPT_MILLISECONDS, bytes, count);
    }
    command[at++] = ',';
    for (size_t i = 0; i < count; i++) {
        at += snprintf(command + at, 3, "%02X", bytes[i]);
    }
    return at_command(command, (uint32_t)(((unsigned)at + 2) * 10000ull / line_baud) + SEND_MARGIN, NULL, 0);
}

bool modem_socket_write(struct modem_socket *socket, const void *bytes, size_t count)
{
    const uint8_t *next = bytes;
    while (count > 0) {
        size_t most = modem_sockets.quectel ? QUECTEL_CHUNK_BYTES : ML307_CHUNK_BYTES;
        size_t piece = count < most ? count : most;
        if (!socket->connected || send_piece(socket, next, piece) != AT_OK) {
            LOGE(modem_socket_tag(socket), socket->connected ? "Failed to send data chunk" : "Not connected");
            return false;
        }
        if (!await(&socket->sent)) {
            LOGE(modem_socket_tag(socket), "No send confirmation received");
            return false;
        }
        socket->sent = false;
        if (socket->refused) {
            LOGE(modem_socket_tag(socket), "Send failed, retry later");
            loop_wait(RETRY_MILLISECONDS);
        } else {
            next += piece;
            count -= piece;
        }
    }
    return true;
}

/* Only Quectel's confirmation is waited for, and nothing is sent twice. */
void modem_socket_send(struct modem_socket *socket, const void *bytes, size_t count)
{
    socket->sent = false;
    if (!socket->connected || send_piece(socket, bytes, count) != AT_OK) {
        LOGE(modem_socket_tag(socket), socket->connected ? "Failed to send data chunk" : "Not connected");
    } else if (modem_sockets.quectel && (!await(&socket->sent) || socket->refused)) {
        LOGE(modem_socket_tag(socket), socket->sent ? "Failed to send data" : "Send timeout");
    }
}

void modem_socket_close(struct modem_socket *socket)
{
    socket->connected = false;
    if (socket->active) {
        const char *command = !modem_sockets.quectel ? "AT+MIPCLOSE=%d" : is_tls(socket) ? "AT+QSSLCLOSE=%d" : "AT+QICLOSE=%d";
        char text[24];
        snprintf(text, sizeof text, command, modem_socket_id(socket));
        at_command(text, AT_COMMAND_MILLISECONDS, NULL, 0);
    }
    heap_free(socket->bytes);
    socket->bytes = NULL;
    socket->used = 0;
    socket->taken = false;
}
