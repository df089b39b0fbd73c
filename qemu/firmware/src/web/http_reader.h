/* Reads an HTTP answer as 78/esp-ml307's client does (src/http_client.cc), which is not as RFC 9112 says. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/byte_buffer.h"

enum http_state { HTTP_STATUS_LINE, HTTP_HEADERS, HTTP_BODY, HTTP_CHUNK_SIZE, HTTP_CHUNK_DATA, HTTP_TRAILER, HTTP_COMPLETE };

/* All zero at first. */
struct http_reader {
    struct byte_buffer received;
    struct byte_buffer body; /* what arrived and was not taken yet */
    enum http_state state;
    int status;
    bool headers_received;
    bool chunked;
    bool ended;      /* the body has its end */
    bool broken_off; /* the connection was over before the body was */
    bool failed;     /* it is no HTTP; logged */
    uint32_t content_length;
    uint32_t body_received;
    uint32_t chunk_left;
};

void http_reader_feed(struct http_reader *reader, const uint8_t *bytes, size_t count);

/* The connection is over; only now does a body without a length have its end. */
void http_reader_disconnected(struct http_reader *reader);
void http_reader_free(struct http_reader *reader);
