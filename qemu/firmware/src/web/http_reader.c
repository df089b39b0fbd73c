#include "web/http_reader.h"

#include <string.h>

#include "machine/log.h"
#include "web/header_block.h"

static const char TAG[] = "HttpClient";

static void fail(struct http_reader *reader, const char *what, struct text text)
{
    LOGE(TAG, "%s%.*s", what, (int)(text.end - text.start), text.start);
    LOGE(TAG, "HTTP parse error");
    reader->failed = true;
}

static void complete(struct http_reader *reader)
{
    reader->state = HTTP_COMPLETE;
    reader->ended = true;
}

/* Neither the protocol's name nor its version is looked at, and 100 is a status like others. */
static void take_status_line(struct http_reader *reader, struct text line)
{
    struct text trimmed = text_trimmed(line);
    struct text rest = text_find(trimmed, " ");
    if (rest.start == NULL) {
        fail(reader, "Invalid status line: ", line);
        return;
    }
    reader->status = (int)text_number(rest, 10);
    reader->state = HTTP_HEADERS;
    if (reader->status < 100 || reader->status > 999) {
        fail(reader, "Parse status code failed: ", text_trimmed(rest));
    }
}

static void take_header(struct http_reader *reader, struct text line)
{
    struct text rest = text_find(line, ":");
    if (line.start == line.end) {
        reader->headers_received = true;
        reader->state = reader->chunked ? HTTP_CHUNK_SIZE : HTTP_BODY;
        return;
    }
    if (rest.start == NULL) {
        fail(reader, "Invalid header line: ", line);
        return;
    }
    struct text name = text_trimmed((struct text){line.start, rest.start});
    struct text value = text_trimmed((struct text){rest.start + 1, line.end});
    if (text_equals_ignoring_case(name, "Content-Length") && value.start < value.end) {
        reader->content_length = *value.start == '-' ? 0 : (uint32_t)text_number(value, 10);
    } else if (text_equals_ignoring_case(name, "Transfer-Encoding")) {
        reader->chunked = text_find(value, "chunked").start != NULL;
    }
}

static void take_line(struct http_reader *reader, struct text line)
{
    switch (reader->state) {
    case HTTP_STATUS_LINE:
        take_status_line(reader, line);
        break;
    case HTTP_HEADERS:
        take_header(reader, line);
        break;
    case HTTP_CHUNK_SIZE:
        reader->chunk_left = (uint32_t)text_number(line, 16);
        reader->state = reader->chunk_left == 0 ? HTTP_TRAILER : HTTP_CHUNK_DATA;
        break;
    default:
        if (line.start == line.end) {
            complete(reader);
        }
        break;
    }
}

static size_t take_body(struct http_reader *reader, size_t count)
{
    byte_buffer_append(&reader->body, reader->received.bytes, count);
    reader->body_received += (uint32_t)count;
    return count;
}

/* Where the line end behind a chunk comes later than the chunk, it is taken for a chunk size, which is none, and so for the last one. */
static size_t take_chunk(struct http_reader *reader)
{
    struct byte_buffer *received = &reader->received;
    size_t count = received->used < reader->chunk_left ? received->used : reader->chunk_left;
    take_body(reader, count);
    reader->chunk_left -= (uint32_t)count;
    if (reader->chunk_left == 0) {
        bool line_end = received->used >= count + 2 && memcmp(received->bytes + count, "\r\n", 2) == 0;
        count += line_end ? 2 : 0;
        reader->state = HTTP_CHUNK_SIZE;
    }
    return count;
}

/* The bytes it used up; 0 when more have to arrive. */
static size_t step(struct http_reader *reader)
{
    struct byte_buffer *received = &reader->received;
    if (reader->state == HTTP_BODY) {
        size_t count = take_body(reader, received->used);
        if (reader->content_length > 0 && reader->body_received >= reader->content_length) {
            complete(reader);
        }
        return count;
    }
    if (reader->state == HTTP_CHUNK_DATA) {
        return take_chunk(reader);
    }
    uint8_t *end = memchr(received->bytes, '\n', received->used);
    if (end == NULL) {
        return 0;
    }
    struct text line = {(const char *)received->bytes, (const char *)end};
    line.end -= line.end > line.start && line.end[-1] == '\r';
    take_line(reader, line);
    return (size_t)(end + 1 - received->bytes);
}

void http_reader_feed(struct http_reader *reader, const uint8_t *bytes, size_t count)
{
    if (!byte_buffer_append(&reader->received, bytes, count)) {
        reader->failed = true;
    }
    while (!reader->failed && reader->received.used > 0 && reader->state != HTTP_COMPLETE) {
        size_t used = step(reader);
        if (used == 0) {
            return;
        }
        byte_buffer_drop(&reader->received, used);
    }
}

void http_reader_disconnected(struct http_reader *reader)
{
    bool whole = reader->chunked ? reader->state == HTTP_COMPLETE
                                 : reader->content_length == 0 || reader->body_received >= reader->content_length;
    reader->broken_off = reader->headers_received && !whole;
    reader->ended = !reader->broken_off;
    if (reader->broken_off) {
        LOGE(TAG, "Connection closed prematurely, expected %lu bytes but only received %lu bytes",
             (unsigned long)reader->content_length, (unsigned long)reader->body_received);
    }
}

void http_reader_free(struct http_reader *reader)
{
    byte_buffer_free(&reader->received);
    byte_buffer_free(&reader->body);
}
