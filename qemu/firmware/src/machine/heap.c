#include "machine/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

extern char _heap_start[];
extern char _heap_end[];

static size_t limit;
static size_t used;
static size_t used_most;
static unsigned refusals;

void *sbrk(ptrdiff_t bytes);

/* The C library's source of memory: all that the linker left. */
void *sbrk(ptrdiff_t bytes)
{
    static char *end;
    if (end == NULL) {
        end = _heap_start;
    }
    if (bytes > _heap_end - end) {
        return (void *)-1;
    }
    char *block = end;
    end += bytes;
    return block;
}

void heap_limit(size_t bytes)
{
    limit = bytes;
}

void *heap_alloc(size_t bytes)
{
    void *block = used + bytes > limit ? NULL : malloc(bytes);
    if (block == NULL) {
        refusals++;
        return NULL;
    }
    used += malloc_usable_size(block);
    used_most = used > used_most ? used : used_most;
    return block;
}

void *heap_calloc(size_t count, size_t bytes)
{
    if (bytes != 0 && count > SIZE_MAX / bytes) {
        return NULL;
    }
    void *block = heap_alloc(count * bytes);
    if (block != NULL) {
        memset(block, 0, count * bytes);
    }
    return block;
}

void *heap_grow(void *block, size_t bytes)
{
    size_t before = block == NULL ? 0 : malloc_usable_size(block);
    if (bytes <= before) {
        return block;
    }
    void *bigger = heap_alloc(bytes);
    if (bigger != NULL && block != NULL) {
        memcpy(bigger, block, before);
        heap_free(block);
    }
    return bigger;
}

void heap_free(void *block)
{
    if (block != NULL) {
        used -= malloc_usable_size(block);
        free(block);
    }
}

size_t heap_free_bytes(void)
{
    return limit > used ? limit - used : 0;
}

size_t heap_low_bytes(void)
{
    return limit > used_most ? limit - used_most : 0;
}

unsigned heap_refusals(void)
{
    return refusals;
}
