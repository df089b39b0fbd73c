#include "net/byte_buffer.h"

#include <string.h>

#include "machine/heap.h"

#define GROWTH_BYTES 1024
#define READ_BYTES   2048

bool byte_buffer_append(struct byte_buffer *buffer, const void *bytes, size_t count)
{
    size_t needed = buffer->used + count;
    if (count == 0) {
        return true; /* there may be no memory yet, and none is wanted */
    }
    uint8_t *grown = heap_grow(buffer->bytes, (needed + GROWTH_BYTES - 1) / GROWTH_BYTES * GROWTH_BYTES);
    if (grown == NULL) {
        return false;
    }
    buffer->bytes = grown;
    memcpy(buffer->bytes + buffer->used, bytes, count);
    buffer->used = needed;
    return true;
}

int byte_buffer_receive(struct byte_buffer *buffer, struct connection *connection)
{
    uint8_t bytes[READ_BYTES];
    int count = connection_read(connection, bytes, sizeof bytes);
    if (count > 0 && !byte_buffer_append(buffer, bytes, (size_t)count)) {
        return CONNECTION_LOST;
    }
    return count;
}

void byte_buffer_drop(struct byte_buffer *buffer, size_t count)
{
    if (count > 0) {
        buffer->used -= count;
        memmove(buffer->bytes, buffer->bytes + count, buffer->used);
    }
}

void byte_buffer_free(struct byte_buffer *buffer)
{
    heap_free(buffer->bytes);
    buffer->bytes = NULL;
    buffer->used = 0;
}
