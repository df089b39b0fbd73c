#include "web/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/loop.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "net/dns.h"
#include "tls/random.h"
#include "tls/tls.h"
#include "web/header_block.h"
#include "web/url.h"

#define CONNECT_MILLISECONDS_MAX 18500
#define ANSWER_MILLISECONDS_MAX  30000
#define REQUEST_BYTES_MAX        1024

#define ERROR_CANNOT_RESOLVE 0x8001
#define ERROR_CONNECT        0x8004
#define ERROR_HANDSHAKE      0x801a

static const char TAG[] = "HttpClient";

static int open_connection(struct connection *connection, const struct url *url)
{
    ip_addr_t address;
    if (!dns_resolve(url->host, &address)) {
        return ERROR_CANNOT_RESOLVE;
    }
    if (connection_open(connection, &address, url->port, CONNECT_MILLISECONDS_MAX) != CONNECT_OK) {
        return ERROR_CONNECT;
    }
    if (!url->tls) {
        return 0;
    }
    return random_is_seeded() && tls_connect(connection, url->host).result == TLS_OK ? 0 : ERROR_HANDSHAKE;
}

static bool send_request(struct connection *connection, const struct url *url, const char *headers, const char *body)
{
    char head[REQUEST_BYTES_MAX];
    char port[8] = "";
    if (url->port != (url->tls ? 443 : 80)) {
        snprintf(port, sizeof port, ":%u", url->port);
    }
    int length = snprintf(head, sizeof head,
                          "POST %s HTTP/1.1\r\nHost: %s%s\r\n%sContent-Length: %u\r\nConnection: close\r\n\r\n",
                          url->path, url->host, port, headers, (unsigned)strlen(body));
    return (size_t)length < sizeof head && connection_write(connection, head, (size_t)length)
           && connection_write(connection, body, strlen(body));
}

/* The chunk at that place; none while it is not all there. */
static struct text next_chunk(const char *at, const char *end)
{
    struct text line = text_line((struct text){at, end});
    if (line.start == NULL) {
        return line;
    }
    size_t length = strtoul(line.start, NULL, 16);
    const char *start = line.end + 2;
    bool complete = (size_t)(end - start) >= length + 2;
    return complete ? (struct text){start, start + length} : (struct text){NULL, NULL};
}

static bool has_last_chunk(const struct byte_buffer *body)
{
    const char *end = (const char *)body->bytes + body->used;
    struct text chunk = next_chunk((const char *)body->bytes, end);
    while (chunk.start != NULL && chunk.start != chunk.end) {
        chunk = next_chunk(chunk.end + 2, end);
    }
    return chunk.start != NULL;
}

/* Chunks become one body where they stand. */
static void join_chunks(struct byte_buffer *body)
{
    char *to = (char *)body->bytes;
    const char *end = to + body->used;
    struct text chunk = next_chunk(to, end);
    while (chunk.start != chunk.end) {
        struct text next = next_chunk(chunk.end + 2, end);
        memmove(to, chunk.start, (size_t)(chunk.end - chunk.start));
        to += chunk.end - chunk.start;
        chunk = next;
    }
    body->used = (size_t)(to - (char *)body->bytes);
}

/* Whether the answer is all there; if so, only its body is left. */
static bool is_complete(struct http_answer *answer, bool ended)
{
    struct byte_buffer *input = &answer->body;
    struct text all = {(const char *)input->bytes, (const char *)input->bytes + input->used};
    struct text end = text_find(all, "\r\n\r\n");
    if (input->used == 0 || end.start == NULL) {
        return false;
    }
    struct text block = {all.start, end.start + 4};
    size_t head = (size_t)(block.end - block.start);
    struct text length = header_value(block, "Content-Length");
    bool chunked = text_list_has(header_value(block, "Transfer-Encoding"), "chunked");
    answer->status = http_status(block);
    if (chunked) {
        struct byte_buffer rest = {input->bytes + head, input->used - head};
        if (!has_last_chunk(&rest)) {
            return false;
        }
        join_chunks(&rest);
        input->used = head + rest.used;
    } else if (length.start != NULL ? input->used - head < strtoul(length.start, NULL, 10) : !ended) {
        return false;
    }
    byte_buffer_drop(input, head);
    return true;
}

static bool read_answer(struct connection *connection, struct http_answer *answer)
{
    uint32_t start = clock_milliseconds();
    while (clock_milliseconds() - start < ANSWER_MILLISECONDS_MAX && !loop_is_cancelled()) {
        int count = byte_buffer_receive(&answer->body, connection);
        if (count != 0 && is_complete(answer, count < 0)) {
            return true;
        }
        if (count < 0) {
            LOGE(TAG, "Connection closed prematurely");
            return false;
        }
        if (count == 0) {
            loop_turn(LOOP_TURN_MILLISECONDS);
        }
    }
    LOGE(TAG, "Wait for HTTP headers receive timeout");
    return false;
}

bool http_post(const char *url_text, const char *headers, const char *body, struct http_answer *answer)
{
    struct url url;
    struct connection connection;
    memset(answer, 0, sizeof *answer);
    memset(&connection, 0, sizeof connection);
    if (!url_parse_as_uri(url_text, &url)) {
        LOGE(TAG, "Invalid URL: %s", url_text);
        return false;
    }
    answer->error = open_connection(&connection, &url);
    if (answer->error != 0) {
        LOGE(TAG, "TCP connection failed, code=0x%x", (unsigned)answer->error);
    }
    bool answered = answer->error == 0 && send_request(&connection, &url, headers, body)
                    && read_answer(&connection, answer);
    connection_close(&connection);
    return answered;
}

void http_free(struct http_answer *answer)
{
    byte_buffer_free(&answer->body);
}
