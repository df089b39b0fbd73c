/* The ESP32 as QEMU has it: UART0, RNG, eFuse MAC, timer group watchdog. */
#include "machine/cpu.h"
#include "machine/esp32.h"
#include "machine/interrupt.h"

#define UART(offset)        REGISTER32(0x3ff40000u + (offset))
#define UART_FIFO           UART(0x00)
#define UART_INT_ENABLE     UART(0x0c)
#define UART_INT_CLEAR      UART(0x10)
#define UART_STATUS         UART(0x1c)
#define UART_CONFIG1        UART(0x24)
#define RECEIVED_FULL       (1u << 0)
#define RECEIVED_TIMEOUT    (1u << 8)
#define FULL_THRESHOLD_MASK 0x7fu
#define FIFO_BYTES          128u
#define CYCLES_PER_BYTE     (CPU_HZ / 11520u) /* 115200 baud, ten bits */

#define INTERRUPT_MAP(source) REGISTER32(0x3ff00104u + 4 * (source))
#define SOURCE_UART0          34
#define SOURCE_ETHERNET       38

#define RANDOM              REGISTER32(0x3ff75144u)
#define EFUSE_MAC_LOW       REGISTER32(0x3ff5a004u)
#define EFUSE_MAC_HIGH      REGISTER32(0x3ff5a008u)
#define RTC_OPTIONS         REGISTER32(0x3ff48000u)
#define SOFTWARE_RESET      (1u << 31)
#define RTC_RESET_STATE     REGISTER32(0x3ff48034u)
#define RESET_CAUSE_MASK    0x3fu
#define CAUSE_TG0WDT        7u

/* Watchdogs: a key opens the registers. */
#define WATCHDOG_KEY        0x50d83aa1u
#define RTC_WATCHDOG_CONFIG REGISTER32(0x3ff4808cu)
#define RTC_WATCHDOG_LOCK   REGISTER32(0x3ff480a4u)
#define GROUP0              0x3ff5f000u
#define GROUP1              0x3ff60000u
#define GROUP(base, offset) REGISTER32((base) + (offset))
#define GROUP_CONFIG        0x48
#define GROUP_PRESCALE      0x4c
#define GROUP_STAGE0        0x50
#define GROUP_FEED          0x60
#define GROUP_LOCK          0x64
#define GROUP_ENABLE        (1u << 31)
#define STAGE0_RESETS_ALL   (3u << 29)

const char board_name[] = "esp32";
const uint32_t board_ethernet_base = 0x3ff69000u;

/* Linker symbol; at 0 when there is no such text, which the compiler believes of weak symbols only. */
extern const char _settings_text[] __attribute__((weak));

static bool watchdog_is_on;
static uint32_t uart_done; /* the cycle when the last byte is out */

static void switch_group_watchdog_off(uint32_t group)
{
    GROUP(group, GROUP_LOCK) = WATCHDOG_KEY;
    GROUP(group, GROUP_CONFIG) = 0;
    GROUP(group, GROUP_LOCK) = 0;
}

/* The ROM leaves its flash boot watchdog on. */
static void switch_watchdogs_off(void)
{
    switch_group_watchdog_off(GROUP0);
    switch_group_watchdog_off(GROUP1);
    RTC_WATCHDOG_LOCK = WATCHDOG_KEY;
    RTC_WATCHDOG_CONFIG = 0;
    RTC_WATCHDOG_LOCK = 0;
}

void board_start(const void *boot_parameters)
{
    (void)boot_parameters;
    switch_watchdogs_off();
    INTERRUPT_MAP(SOURCE_UART0) = WAKE_UART;
    INTERRUPT_MAP(SOURCE_ETHERNET) = WAKE_ETHERNET;
    UART_CONFIG1 = (UART_CONFIG1 & ~FULL_THRESHOLD_MASK) | 1;
    UART_INT_ENABLE = RECEIVED_FULL | RECEIVED_TIMEOUT;
}

const char *board_settings_text(void)
{
    return _settings_text;
}

bool board_nvs_is_there(void)
{
    return board_settings_text() == NULL;
}

/* Cycles until the last byte is out. More than two full FIFOs take is a time long past: the counter turns over in 107 s. */
static uint32_t uart_cycles_left(void)
{
    uint32_t left = uart_done - cpu_cycles();
    return left <= 2 * FIFO_BYTES * CYCLES_PER_BYTE ? left : 0;
}

/* Paced as the wire is: one fork's UART takes bytes faster than its console can and then loses some. */
void board_uart_write(char byte)
{
    uart_done = uart_cycles_left() + cpu_cycles() + CYCLES_PER_BYTE;
    while (uart_cycles_left() > FIFO_BYTES * CYCLES_PER_BYTE || (UART_STATUS >> 16 & 0xff) >= FIFO_BYTES - 1) {
    }
    UART_FIFO = (uint8_t)byte;
}

static void flush_uart(void)
{
    while (uart_cycles_left() > 0 || (UART_STATUS >> 16 & 0xff) > 0) {
    }
}

_Noreturn void board_reset(void)
{
    flush_uart();
    RTC_OPTIONS |= SOFTWARE_RESET;
    for (;;) {
    }
}

int board_uart_read(void)
{
    int byte = (UART_STATUS & 0xff) > 0 ? (int)(UART_FIFO & 0xff) : -1;
    UART_INT_CLEAR = RECEIVED_FULL | RECEIVED_TIMEOUT;
    return byte;
}

bool board_entropy(uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(RANDOM >> 11);
    }
    return true;
}

bool board_mac(uint8_t mac[6])
{
    uint32_t low = EFUSE_MAC_LOW;
    uint32_t high = EFUSE_MAC_HIGH & 0xffff;
    mac[0] = (uint8_t)(high >> 8);
    mac[1] = (uint8_t)high;
    for (int i = 0; i < 4; i++) {
        mac[2 + i] = (uint8_t)(low >> (24 - 8 * i));
    }
    return (low | high) != 0;
}

/* One tick is a millisecond: 40000 periods of the 40 MHz that clock the group. */
void board_watchdog_start(uint32_t seconds)
{
    GROUP(GROUP0, GROUP_LOCK) = WATCHDOG_KEY;
    GROUP(GROUP0, GROUP_PRESCALE) = (CPU_HZ / 1000u) << 16;
    GROUP(GROUP0, GROUP_STAGE0) = seconds * 1000u;
    GROUP(GROUP0, GROUP_CONFIG) = GROUP_ENABLE | STAGE0_RESETS_ALL;
    GROUP(GROUP0, GROUP_FEED) = 1;
    GROUP(GROUP0, GROUP_LOCK) = 0;
    watchdog_is_on = true;
}

void board_watchdog_feed(void)
{
    if (watchdog_is_on) {
        GROUP(GROUP0, GROUP_LOCK) = WATCHDOG_KEY;
        GROUP(GROUP0, GROUP_FEED) = 1;
        GROUP(GROUP0, GROUP_LOCK) = 0;
    }
}

bool board_watchdog_has_bitten(void)
{
    return (RTC_RESET_STATE & RESET_CAUSE_MASK) == CAUSE_TG0WDT;
}
