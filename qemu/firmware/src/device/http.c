#include "device/http.h"

#include <stdio.h>
#include <string.h>

#include "device/course.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "settings/settings.h"
#include "web/url.h"

#define CONNECT_MILLISECONDS_MAX 18500
#define ANSWER_MILLISECONDS_MAX  30000
#define REQUEST_BYTES_MAX        1024
#define BODY_BYTES_MAX           8192 /* the client waits for room then, whoever reads for the end, and both for one mutex */
#define READ_BYTES               1024

static const char TAG[] = "HttpClient";

static bool send_request(struct http *http, const struct url *url, const char *method, const char *headers,
                         const char *body)
{
    static char head[REQUEST_BYTES_MAX];
    char port[8] = "";
    char length[32] = "";
    if (url->port != (url->tls ? 443 : 80)) {
        snprintf(port, sizeof port, ":%u", url->port);
    }
    if (body != NULL) {
        snprintf(length, sizeof length, "Content-Length: %u\r\n", (unsigned)strlen(body));
    }
    int written = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: %s%s\r\n%s%sConnection: close\r\n\r\n", method,
                           url->path, url->host, port, headers, length);
    return written > 0 && (size_t)written < sizeof head && connection_write(&http->connection, head, (size_t)written)
           && (body == NULL || connection_write(&http->connection, body, strlen(body)));
}

int http_open(struct http *http, const char *method, const char *url_text, const char *headers, const char *body)
{
    struct attempt attempt = {.fault = {.host = ""}};
    struct course course = {.attempt = &attempt, .connection = &http->connection, .started = clock_milliseconds()};
    memset(http, 0, sizeof *http);
    if (!url_parse_as_http(url_text, &course.url)) {
        http->failure = INVALID_URL;
        return 0;
    }
    if (!course_dial(&course, CONNECT_MILLISECONDS_MAX)) {
        int code = fault_log_xiaozhi_connect(&attempt.fault);
        LOGE(TAG, "TCP connection failed, code=0x%x", (unsigned)code);
        http->failure = attempt.fault.reason;
        return code;
    }
    if (!send_request(http, &course.url, method, headers, body)) {
        LOGE(TAG, "Send HTTP request failed");
        http->failure = CONNECTION_BROKE;
        return 0;
    }
    LOGI(TAG, "Established new connection to %s:%u", course.url.host, course.url.port);
    return HTTP_OPENED;
}

static void receive(struct http *http)
{
    static uint8_t bytes[READ_BYTES];
    int count = http->gone ? 0 : connection_read(&http->connection, bytes, sizeof bytes);
    if (count > 0) {
        http_reader_feed(&http->reader, bytes, (size_t)count);
    } else if (count < 0) {
        http->gone = true;
        if (count == CONNECTION_LOST) {
            fault_log_loss(settings.profile, http->connection.tls != NULL, connection_error(&http->connection));
        }
        http_reader_disconnected(&http->reader);
    }
    if (count <= 0) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
}

static bool has_status(const struct http *http)
{
    return http->reader.headers_received || http->reader.failed;
}

static bool has_end(const struct http *http)
{
    return http->reader.body.used < BODY_BYTES_MAX && (http->reader.ended || http->reader.broken_off);
}

static bool has_part(const struct http *http)
{
    return http->reader.body.used > 0 || http->reader.ended || http->reader.broken_off;
}

static bool await(struct http *http, bool (*met)(const struct http *), const char *late)
{
    uint32_t start = clock_milliseconds();
    while (!met(http)) {
        if (clock_milliseconds() - start >= ANSWER_MILLISECONDS_MAX || loop_is_cancelled()) {
            LOGE(TAG, "%s", late);
            return false;
        }
        receive(http);
    }
    return true;
}

int http_await_status(struct http *http)
{
    bool known = await(http, has_status, "Wait for HTTP headers receive timeout") && !http->reader.failed;
    return known ? http->reader.status : -1;
}

bool http_read_all(struct http *http)
{
    if (!await(http, has_end, "Wait for HTTP content receive complete timeout")) {
        return false;
    }
    if (http->reader.broken_off) {
        LOGE(TAG, "Cannot read all data: connection closed prematurely");
    }
    return !http->reader.broken_off;
}

int http_read(struct http *http)
{
    if (!await(http, has_part, "Wait for HTTP content receive timeout") || http->reader.broken_off) {
        return -1;
    }
    return (int)http->reader.body.used;
}

uint32_t http_body_length(const struct http *http)
{
    return http->reader.chunked ? 0 : http->reader.content_length;
}

void http_close(struct http *http)
{
    http_reader_free(&http->reader);
    connection_close(&http->connection);
}
