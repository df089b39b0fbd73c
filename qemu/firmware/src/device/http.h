/* One HTTP exchange of its own connection, as 78/esp-ml307's HttpClient does it: whoever reads waits 30 s for each thing. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/fault.h"
#include "net/connection.h"
#include "web/http_reader.h"

struct http {
    struct connection connection;
    struct http_reader reader;
    enum reason failure; /* why it could not be opened */
    bool gone;           /* the peer has ended the connection */
};

#define HTTP_OPENED (-1)

/* Connects and sends; headers are lines that end in CR LF, body may be NULL. HTTP_OPENED, or the client's last error, which is 0 for what
 * it has no number for; logged. */
int http_open(struct http *http, const char *method, const char *url, const char *headers, const char *body);

/* The status, or -1 where none came, or something that is none. */
int http_await_status(struct http *http);

/* Waits for the whole body, which is in reader.body then; false where it did not come. */
bool http_read_all(struct http *http);

/* Waits for more of the body, which is in reader.body and may be dropped from there; 0 at its end, -1 where it does not come. */
int http_read(struct http *http);

/* 0 where the body has no length, or comes in chunks. */
uint32_t http_body_length(const struct http *http);
void http_close(struct http *http);
