/* The heap of a real ESP32: what mbedTLS and messages may take is counted and limited. */
#pragma once

#include <stddef.h>

void heap_limit(size_t bytes);
void *heap_alloc(size_t bytes);
void *heap_calloc(size_t count, size_t bytes);
void *heap_grow(void *block, size_t bytes);
void heap_free(void *block);

size_t heap_free_bytes(void);

/* The least that was ever free. */
size_t heap_low_bytes(void);

/* How often there was not enough. */
unsigned heap_refusals(void);
