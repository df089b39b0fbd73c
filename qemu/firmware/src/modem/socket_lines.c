#include "modem/socket_lines.h"

#include <string.h>

#include "machine/big_endian.h"
#include "machine/heap.h"
#include "machine/log.h"

struct modem_sockets modem_sockets;

int modem_socket_id(const struct modem_socket *socket)
{
    return (int)(socket - modem_sockets.all) + 1;
}

const char *modem_socket_tag(const struct modem_socket *socket)
{
    static const char *const tags[2][3] = {{"Ml307Tcp", "Ml307Tcp", "Ml307Udp"}, {"Ec801ETcp", "Ec801ESsl", "Ec801EUdp"}};
    return tags[modem_sockets.quectel][socket->protocol];
}

const char *modem_socket_kind(const struct modem_socket *socket)
{
    return socket->protocol == MODEM_UDP ? "UDP" : "TCP";
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static void keep(struct modem_socket *socket, const char *hex)
{
    size_t count = strlen(hex) / 2;
    uint8_t *grown = heap_grow(socket->bytes, socket->used + DATAGRAM_SIZE_BYTES + count);
    if (grown == NULL) {
        return;
    }
    socket->bytes = grown;
    if (socket->protocol == MODEM_UDP) {
        put_u16(grown + socket->used, (uint32_t)count);
        socket->used += DATAGRAM_SIZE_BYTES;
    }
    for (size_t i = 0; i < count; i++) {
        grown[socket->used++] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    }
}

static bool unsolicited(struct modem_socket *socket, const struct at_arguments *arguments)
{
    const char *word = arguments->text[0];
    bool datagrams = socket->protocol == MODEM_UDP;
    if (datagrams && !modem_sockets.quectel && arguments->count != 4) {
        return true; /* also the end of the socket, which has three */
    }
    if (strcmp(word, modem_sockets.quectel ? "recv" : datagrams ? "rudp" : "rtcp") == 0) {
        if (at_is_busy() && strcmp(modem_sockets.locks, modem_socket_kind(socket)) == 0) {
            return false; /* its reader waits for the lock that the sender holds */
        }
        if (socket->connected && arguments->count >= 4) {
            keep(socket, arguments->text[3]);
        }
    } else if (strcmp(word, modem_sockets.quectel ? "closed" : "disconn") == 0) {
        socket->connected = false;
        socket->active = modem_sockets.quectel;
        socket->closed = true;
    } else {
        LOGE(modem_socket_tag(socket), "Unknown %s command: %s", modem_sockets.quectel ? "QIURC" : "MIPURC", word);
    }
    return true;
}

static struct modem_socket *named(const char *number)
{
    int id = at_number(number);
    return id >= 1 && id <= MODEM_SOCKETS_MAX ? &modem_sockets.all[id - 1] : NULL;
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
