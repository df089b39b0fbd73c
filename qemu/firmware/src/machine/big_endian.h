/* Numbers as they stand on the wire. */
#pragma once

#include <stdint.h>

static inline void put_u16(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

static inline void put_u32(uint8_t *to, uint32_t value)
{
    put_u16(to, value >> 16);
    put_u16(to + 2, value);
}

static inline uint32_t get_u16(const uint8_t *from)
{
    return (uint32_t)from[0] << 8 | from[1];
}

static inline uint32_t get_u32(const uint8_t *from)
{
    return get_u16(from) << 16 | get_u16(from + 2);
}
