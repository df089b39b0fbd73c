/* URLs as each client library understands them, which is not always as RFC 3986 does. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define URL_HOST_BYTES 128
#define URL_PATH_BYTES 256

struct url {
    char host[URL_HOST_BYTES];
    char path[URL_PATH_BYTES];
    uint16_t port;
    bool tls;
};

/* esp-ml307: any unknown scheme is plain TCP, the first colon after :// is the port's, https without a port is TLS to 80. */
bool url_parse_as_xiaozhi(const char *text, struct url *url);

/* ws and wss, http and https only; the port defaults by TLS. */
bool url_parse_as_uri(const char *text, struct url *url);

/* esp-ml307's HTTP client: every scheme but https is plain, and between the port's colon and the path stand digits only. False, logged. */
bool url_parse_as_http(const char *text, struct url *url);
