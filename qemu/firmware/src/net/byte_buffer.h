/* Bytes that came in and were not used yet; grows on the heap. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/connection.h"

struct byte_buffer {
    uint8_t *bytes;
    size_t used;
};

/* False when the heap has no room. */
bool byte_buffer_append(struct byte_buffer *buffer, const void *bytes, size_t count);

/* Appends what the connection has. Its answer: more than 0 if there was some, 0, CONNECTION_CLOSED or CONNECTION_LOST. */
int byte_buffer_receive(struct byte_buffer *buffer, struct connection *connection);

/* Forgets the first ones. */
void byte_buffer_drop(struct byte_buffer *buffer, size_t count);
void byte_buffer_free(struct byte_buffer *buffer);
