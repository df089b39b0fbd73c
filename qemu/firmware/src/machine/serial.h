/* The UART the modem is on: 8N1, no flow control. */
#pragma once

#include <stddef.h>
#include <stdint.h>

void serial_start(const uint8_t mac[6]);
void serial_set_baud(uint32_t baud);
void serial_write(const void *bytes, size_t count);

/* How many bytes had come; 0 is none. */
size_t serial_read(void *to, size_t room);
