#include "web/url.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "machine/log.h"

static bool copy(char *to, size_t room, const char *from, size_t count)
{
    if (count >= room) {
        return false;
    }
    memcpy(to, from, count);
    to[count] = '\0';
    return true;
}

static bool scheme_is(const char *text, size_t length, const char *scheme)
{
    return length == strlen(scheme) && strncmp(text, scheme, length) == 0;
}

bool url_parse_as_xiaozhi(const char *text, struct url *url)
{
    const char *separator = strstr(text, "://");
    if (separator == NULL) {
        return false;
    }
    size_t scheme = (size_t)(separator - text);
    bool wss = scheme_is(text, scheme, "wss");
    url->tls = wss || scheme_is(text, scheme, "https");
    const char *host = separator + 3;
    const char *colon = strchr(host, ':');
    const char *path = strchr(colon != NULL ? colon : host, '/');
    const char *end = path != NULL ? path : text + strlen(text);
    url->port = wss ? 443 : 80;
    if (colon != NULL) {
        const char *port = colon + 1;
        while (isspace((unsigned char)*port)) {
            port++;
        }
        if (!isdigit((unsigned char)*port)) {
            return false; /* std::stoi throws: the real one would restart */
        }
        url->port = (uint16_t)strtoul(port, NULL, 10);
    }
    path = path != NULL ? path : "/";
    return copy(url->host, sizeof url->host, host, (size_t)((colon != NULL ? colon : end) - host))
           && copy(url->path, sizeof url->path, path, strlen(path));
}

bool url_parse_as_uri(const char *text, struct url *url)
{
    const char *separator = strstr(text, "://");
    if (separator == NULL) {
        return false;
    }
    size_t scheme = (size_t)(separator - text);
    bool plain = (scheme == 2 && strncasecmp(text, "ws", 2) == 0) || (scheme == 4 && strncasecmp(text, "http", 4) == 0);
    url->tls = (scheme == 3 && strncasecmp(text, "wss", 3) == 0) || (scheme == 5 && strncasecmp(text, "https", 5) == 0);
    if (!plain && !url->tls) {
        return false;
    }
    const char *host = separator + 3;
    size_t authority = strcspn(host, "/?#");
    const char *closing = *host == '[' ? memchr(host, ']', authority) : NULL;
    size_t bracketed = closing != NULL ? (size_t)(closing - host) : 0;
    const char *colon = memchr(host + bracketed, ':', authority - bracketed);
    size_t name = closing != NULL ? bracketed - 1 : colon != NULL ? (size_t)(colon - host) : authority;
    unsigned long port = colon != NULL ? strtoul(colon + 1, NULL, 10) : 0;
    url->port = port > 0 ? (uint16_t)port : url->tls ? 443 : 80;
    const char *path = host + authority;
    size_t length = strcspn(path, "#");
    bool rooted = *path == '/';
    url->path[0] = '/';
    return name > 0 && copy(url->host, sizeof url->host, host + (closing != NULL), name)
           && copy(url->path + !rooted, sizeof url->path - !rooted, path, length);
}

static unsigned long http_port(const char *digits, size_t count)
{
    bool number = count > 0 && count < 10 && strspn(digits, "0123456789") >= count;
    unsigned long port = number ? strtoul(digits, NULL, 10) : 0;
    return port > 65535 ? 0 : port;
}

bool url_parse_as_http(const char *text, struct url *url)
{
    const char *separator = strstr(text, "://");
    if (separator == NULL) {
        LOGE("HttpClient", "Invalid URL format: %s", text);
        return false;
    }
    url->tls = separator - text == 5 && strncasecmp(text, "https", 5) == 0;
    const char *host = separator + 3;
    size_t authority = strcspn(host, "/");
    const char *colon = memchr(host, ':', authority);
    size_t name = colon != NULL ? (size_t)(colon - host) : authority;
    unsigned long port = url->tls ? 443 : 80;
    if (colon != NULL) {
        size_t digits = authority - name - 1;
        port = http_port(colon + 1, digits);
        if (port == 0) {
            LOGE("HttpClient", "Invalid port: %.*s", (int)digits, colon + 1);
            return false;
        }
    }
    url->port = (uint16_t)port;
    const char *path = host[authority] == '/' ? host + authority : "/";
    return copy(url->host, sizeof url->host, host, name) && copy(url->path, sizeof url->path, path, strlen(path));
}
