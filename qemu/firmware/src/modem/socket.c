#include "modem/socket.h"

#include <stdio.h>
#include <string.h>

#include "machine/big_endian.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "machine/loop.h"

#define EVENT_MILLISECONDS  10000
#define ML307_CHUNK_BYTES   730
#define QUECTEL_CHUNK_BYTES 1460
#define RETRY_MILLISECONDS  100
#define PROMPT_MILLISECONDS 1000
#define SIZE_BYTES          2

/* Beyond its time on the wire, 100 ms in esp-ml307; a busy machine gets more, since what was said in vain is sent all the same. */
#define SEND_MARGIN         1000

/* CreateWebSocket(1) of xiaozhi-esp32; the others are whatever else is open at the same time. */
#define SOCKETS 3
#define ID(socket) ((int)((socket) - sockets) + 1)

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

static struct modem_socket sockets[SOCKETS];
static bool quectel;
static const char *locks;
static uint32_t line_baud;

void modem_socket_family(bool is_quectel, uint32_t baud, const char *held)
{
    quectel = is_quectel;
    line_baud = baud;
    locks = held;
}

static const char *tag(const struct modem_socket *socket)
{
    static const char *const tags[2][3] = {{"Ml307Tcp", "Ml307Tcp", "Ml307Udp"}, {"Ec801ETcp", "Ec801ESsl", "Ec801EUdp"}};
    return tags[quectel][socket->protocol];
}

static bool is_tls(const struct modem_socket *socket)
{
    return socket->protocol == MODEM_TLS;
}

static const char *kind(const struct modem_socket *socket)
{
    return socket->protocol == MODEM_UDP ? "UDP" : "TCP";
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
    int id = ID(socket);
    at_ask("AT+MIPSTATE=%d", id);
    if (!await(&socket->stated)) {
        LOGE(tag(socket), "Failed to initialize TCP connection");
        return false;
    }
    if (socket->active && at_ask("AT+MIPCLOSE=%d", id) == AT_OK) {
        await(&socket->closed);
    }
    if (is_tls(socket)) {
        at_ask("AT+MSSLCFG=\"auth\",0,0");
    }
    if (at_ask("AT+MIPCFG=\"ssl\",%d,%d,0", id, is_tls(socket)) != AT_OK) {
        LOGE(tag(socket), "Failed to set SSL configuration");
        return false;
    }
    if (at_ask("AT+MIPCFG=\"encoding\",%d,%d,1", id, socket->protocol != MODEM_UDP) != AT_OK) {
        LOGE(tag(socket), "Failed to set HEX encoding");
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
    at_ask(is_tls(socket) ? "AT+QSSLSTATE=1,%d" : "AT+QISTATE=1,%d", ID(socket));
    if (socket->active) {
        at_ask(is_tls(socket) ? "AT+QSSLCLOSE=%d" : "AT+QICLOSE=%d", ID(socket));
    }
    return true;
}

static enum at_result ask_to_open(struct modem_socket *socket, const char *host, uint16_t port)
{
    int id = ID(socket);
    return !quectel         ? at_ask("AT+MIPOPEN=%d,\"%s\",\"%s\",%u,,0", id, kind(socket), host, port)
           : is_tls(socket) ? at_ask("AT+QSSLOPEN=1,1,%d,\"%s\",%u,1", id, host, port)
                            : at_ask("AT+QIOPEN=1,%d,\"%s\",\"%s\",%u,0,1", id, kind(socket), host, port);
}

static bool open_socket(struct modem_socket *socket, const char *host, uint16_t port)
{
    if (!(quectel ? set_up_quectel(socket) : set_up_ml307(socket))) {
        return false;
    }
    socket->closed = false;
    socket->active = false;
    if (ask_to_open(socket, host, port) != AT_OK) {
        socket->error = at_cme_error();
        if (quectel || socket->protocol == MODEM_UDP) {
            LOGE(tag(socket), "Failed to open %s connection", kind(socket));
        } else {
            LOGE(tag(socket), "Failed to open TCP connection, error=%d", socket->error);
        }
        return false;
    }
    await(&socket->answered);
    if (!socket->connected) {
        LOGE(tag(socket), "Failed to connect to %s:%u", host, port);
    }
    return socket->connected;
}

struct modem_socket *modem_socket_open(const char *host, uint16_t port, enum modem_protocol protocol, int *error)
{
    struct modem_socket *socket = sockets;
    while (socket < sockets + SOCKETS - 1 && socket->taken) {
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
    memcpy(to, socket->bytes + SIZE_BYTES, size < room ? size : room);
    forget(socket, SIZE_BYTES + size);
    return (int)size;
}

static enum at_result send_piece(struct modem_socket *socket, const uint8_t *bytes, size_t count)
{
    static char command[40 + 2 * ML307_CHUNK_BYTES];
    if (quectel) {
        snprintf(command, sizeof command, is_tls(socket) ? "AT+QSSLSEND=%d,%u" : "AT+QISEND=%d,%u", ID(socket), (unsigned)count);
        return at_command(command, PROMPT_MILLISECONDS, bytes, count);
    }
    int at = snprintf(command, sizeof command, "AT+MIPSEND=%d,%u", ID(socket), (unsigned)count);
    if (socket->protocol == MODEM_UDP) {
        return at_command(command, PROMPT_MILLISECONDS, bytes, count);
    }
    command[at++] = ',';
    for (size_t i = 0; i < count; i++) {
        at += snprintf(command + at, 3, "%02X", bytes[i]);
    }
    return at_command(command, (uint32_t)((at + 2) * 10000ull / line_baud) + SEND_MARGIN, NULL, 0);
}

bool modem_socket_write(struct modem_socket *socket, const void *bytes, size_t count)
{
    const uint8_t *next = bytes;
    while (count > 0) {
        size_t most = quectel ? QUECTEL_CHUNK_BYTES : ML307_CHUNK_BYTES;
        size_t piece = count < most ? count : most;
        if (!socket->connected || send_piece(socket, next, piece) != AT_OK) {
            LOGE(tag(socket), socket->connected ? "Failed to send data chunk" : "Not connected");
            return false;
        }
        if (!await(&socket->sent)) {
            LOGE(tag(socket), "No send confirmation received");
            return false;
        }
        socket->sent = false;
        if (socket->refused) {
            LOGE(tag(socket), "Send failed, retry later");
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
        LOGE(tag(socket), socket->connected ? "Failed to send data chunk" : "Not connected");
    } else if (quectel && (!await(&socket->sent) || socket->refused)) {
        LOGE(tag(socket), socket->sent ? "Failed to send data" : "Send timeout");
    }
}

void modem_socket_close(struct modem_socket *socket)
{
    socket->connected = false;
    if (socket->active) {
        const char *command = !quectel ? "AT+MIPCLOSE=%d" : is_tls(socket) ? "AT+QSSLCLOSE=%d" : "AT+QICLOSE=%d";
        char text[24];
        snprintf(text, sizeof text, command, ID(socket));
        at_command(text, AT_COMMAND_MILLISECONDS, NULL, 0);
    }
    heap_free(socket->bytes);
    socket->bytes = NULL;
    socket->used = 0;
    socket->taken = false;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static void keep(struct modem_socket *socket, const char *hex)
{
    size_t count = strlen(hex) / 2;
    uint8_t *grown = heap_grow(socket->bytes, socket->used + SIZE_BYTES + count);
    if (grown == NULL) {
        return;
    }
    socket->bytes = grown;
    if (socket->protocol == MODEM_UDP) {
        put_u16(grown + socket->used, (uint32_t)count);
        socket->used += SIZE_BYTES;
    }
    for (size_t i = 0; i < count; i++) {
        grown[socket->used++] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    }
}

static bool unsolicited(struct modem_socket *socket, const struct at_arguments *arguments)
{
    const char *word = arguments->text[0];
    bool datagrams = socket->protocol == MODEM_UDP;
    if (datagrams && !quectel && arguments->count != 4) {
        return true; /* also the end of the socket, which has three */
    }
    if (strcmp(word, quectel ? "recv" : datagrams ? "rudp" : "rtcp") == 0) {
        if (at_is_busy() && strcmp(locks, kind(socket)) == 0) {
            return false; /* its reader waits for the lock that the sender holds */
        }
        if (socket->connected && arguments->count >= 4) {
            keep(socket, arguments->text[3]);
        }
    } else if (strcmp(word, quectel ? "closed" : "disconn") == 0) {
        socket->connected = false;
        socket->active = quectel;
        socket->closed = true;
    } else {
        LOGE(tag(socket), "Unknown %s command: %s", quectel ? "QIURC" : "MIPURC", word);
    }
    return true;
}

static struct modem_socket *named(const char *number)
{
    int id = at_number(number);
    return id >= 1 && id <= SOCKETS ? &sockets[id - 1] : NULL;
}

bool modem_socket_hear(const char *name, const struct at_arguments *arguments)
{
    int count = arguments->count;
    bool urc = strcmp(name, "MIPURC") == 0 || strcmp(name, "QIURC") == 0 || strcmp(name, "QSSLURC") == 0;
    struct modem_socket *socket = count == 0 ? NULL : named(arguments->text[urc && count > 1 ? 1 : 0]);
    if (socket == NULL) {
        return true;
    }
    if (urc) {
        return count < 2 || unsolicited(socket, arguments);
    }
    if ((strcmp(name, "MIPOPEN") == 0 || strcmp(name, "QIOPEN") == 0 || strcmp(name, "QSSLOPEN") == 0) && count == 2) {
        socket->error = at_number(arguments->text[1]);
        socket->connected = socket->error == 0;
        socket->active = socket->connected;
        socket->answered = true;
    } else if ((strcmp(name, "MIPSEND") == 0 && count == 2) || (strcmp(name, "QISEND") == 0 && count == 3)) {
        socket->sent = true;
        socket->refused = count == 3 && at_number(arguments->text[1]) != 0;
    } else if (strcmp(name, "MIPSTATE") == 0 && count >= 5) {
        socket->stated = true;
        socket->active = strcmp(arguments->text[4], "INITIAL") != 0;
    } else if (strcmp(name, "QISTATE") == 0 || strcmp(name, "QSSLSTATE") == 0) {
        socket->active = true;
    } else if ((strcmp(name, "MIPCLOSE") == 0 || strcmp(name, "QSSLCLOSE") == 0) && count == 1) {
        socket->active = false;
        socket->closed = true;
    }
    return true;
}
