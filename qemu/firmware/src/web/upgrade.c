#include "web/upgrade.h"

#include <stdio.h>
#include <string.h>

#include "mbedtls/base64.h"
#include "tls/random.h"

void upgrade_make_key(char key[UPGRADE_KEY_BYTES])
{
    unsigned char bytes[16];
    size_t length;
    random_bytes(bytes, sizeof bytes);
    mbedtls_base64_encode((unsigned char *)key, UPGRADE_KEY_BYTES, &length, bytes, sizeof bytes);
}

static void write_authorization(char *to, size_t room, const char *token)
{
    const char *scheme = strchr(token, ' ') == NULL ? "Bearer " : "";
    to[0] = '\0';
    if (token[0] != '\0') {
        snprintf(to, room, "Authorization: %s%s\r\n", scheme, token);
    }
}

/* Host is without a port even where the port is not the scheme's own; the rest is a std::map, hence sorted. */
static int write_xiaozhi(char *to, size_t room, const struct url *url, const struct identity *identity,
                         const char *authorization, const char *key)
{
    return snprintf(to, room,
                    "GET %s HTTP/1.1\r\nHost: %s\r\n%sClient-Id: %s\r\nConnection: Upgrade\r\nDevice-Id: %s\r\n"
                    "Protocol-Version: %d\r\nSec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n"
                    "Upgrade: websocket\r\n\r\n",
                    url->path, url->host, authorization, identity->client_id, identity->device_id, identity->version,
                    key);
}

/* tcp_transport/transport_ws.c: fixed order, the application's own headers last. */
static int write_esp_idf(char *to, size_t room, const struct url *url, const struct identity *identity,
                         const char *authorization, const char *key)
{
    return snprintf(to, room,
                    "GET %s HTTP/1.1\r\nConnection: Upgrade\r\nHost: %s:%u\r\nUser-Agent: ESP32 Websocket Client\r\n"
                    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n%s"
                    "Protocol-Version: %d\r\nDevice-Id: %s\r\nClient-Id: %s\r\n\r\n",
                    url->path, url->host, url->port, key, authorization, identity->version, identity->device_id,
                    identity->client_id);
}

static int write_rfc6455(char *to, size_t room, const struct url *url, const struct identity *identity,
                         const char *authorization, const char *key)
{
    char port[8] = "";
    if (url->port != (url->tls ? 443 : 80)) {
        snprintf(port, sizeof port, ":%u", url->port);
    }
    return snprintf(to, room,
                    "GET %s HTTP/1.1\r\nHost: %s%s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n%s"
                    "Protocol-Version: %d\r\nDevice-Id: %s\r\nClient-Id: %s\r\n\r\n",
                    url->path, url->host, port, key, authorization, identity->version, identity->device_id,
                    identity->client_id);
}

size_t upgrade_write_request(char *to, size_t room, enum dialect dialect, const struct url *url,
                             const struct identity *identity, const char *key)
{
    char authorization[600];
    write_authorization(authorization, sizeof authorization, identity->token);
    int length = dialect == DIALECT_XIAOZHI   ? write_xiaozhi(to, room, url, identity, authorization, key)
                 : dialect == DIALECT_ESP_IDF ? write_esp_idf(to, room, url, identity, authorization, key)
                                              : write_rfc6455(to, room, url, identity, authorization, key);
    return length > 0 && (size_t)length < room ? (size_t)length : 0;
}
