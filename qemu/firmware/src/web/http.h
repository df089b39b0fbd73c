/* One HTTP POST, as esp-ml307's HttpClient does it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/byte_buffer.h"

struct http_answer {
    int status; /* 0: there was none */
    int error;  /* esp-tls error or errno when the connection did not come up */
    struct byte_buffer body;
};

/* headers: lines that end in CR LF. Waits; false, logged, when there is no complete answer. */
bool http_post(const char *url, const char *headers, const char *body, struct http_answer *answer);

void http_free(struct http_answer *answer);
