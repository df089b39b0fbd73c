/* CRC-32 as zip and the ESP32's ROM compute it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Goes on from crc; the ROM's crc32_le(0xffffffff, ...) is ~crc32(0, ...). */
uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t count);
