/* UART1 of an ESP32, as its registers are (Technical Reference Manual, chapter 13); -serial given a second time is its other end in QEMU.
 * No QEMU with an ESP32 is part of this build, so this was compiled and not run. */
#include "machine/cpu.h"
#include "machine/esp32.h"
#include "machine/interrupt.h"
#include "machine/serial.h"

#define UART(offset)        REGISTER32(0x3ff50000u + (offset))
#define UART_FIFO           UART(0x00)
#define UART_INT_ENABLE     UART(0x0c)
#define UART_INT_CLEAR      UART(0x10)
#define UART_CLOCK_DIVIDER  UART(0x14)
#define UART_STATUS         UART(0x1c)
#define UART_CONFIG1        UART(0x24)
#define RECEIVED_FULL       (1u << 0)
#define RECEIVED_TIMEOUT    (1u << 8)
#define FULL_THRESHOLD_MASK 0x7fu
#define FIFO_BYTES          128u

#define INTERRUPT_MAP(source) REGISTER32(0x3ff00104u + 4 * (source))
#define SOURCE_UART1          35

void serial_start(const uint8_t mac[6])
{
    (void)mac;
    INTERRUPT_MAP(SOURCE_UART1) = WAKE_UART;
    UART_CONFIG1 = (UART_CONFIG1 & ~FULL_THRESHOLD_MASK) | 1;
    UART_INT_ENABLE = RECEIVED_FULL | RECEIVED_TIMEOUT;
}

/* Sixteenths of a period are in the register's upper part. */
void serial_set_baud(uint32_t baud)
{
    uint32_t sixteenths = (uint32_t)(((uint64_t)CPU_HZ << 4) / baud);
    UART_CLOCK_DIVIDER = sixteenths >> 4 | (sixteenths & 15) << 20;
}

void serial_write(const void *bytes, size_t count)
{
    const uint8_t *next = bytes;
    for (size_t i = 0; i < count; i++) {
        while ((UART_STATUS >> 16 & 0xff) >= FIFO_BYTES - 1) {
        }
        UART_FIFO = next[i];
    }
}

size_t serial_read(void *to, size_t room)
{
    uint8_t *bytes = to;
    size_t count = 0;
    while (count < room && (UART_STATUS & 0xff) > 0) {
        bytes[count++] = (uint8_t)UART_FIFO;
    }
    UART_INT_CLEAR = RECEIVED_FULL | RECEIVED_TIMEOUT;
    return count;
}
