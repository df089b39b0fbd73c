/* The Avnet LX60 board as QEMU has it (lx60-nommu; lx200, kc705 and ml605 are the same to this firmware). */
#include <string.h>

#include "machine/board.h"

#define FPGA_RESET     0x9d020010u
#define FPGA_RESET_KEY 0xdeadu

/* A 16550 whose registers are four bytes apart. */
#define UART(n)            REGISTER32(0x9d050020u + 4 * (n))
#define UART_DATA          UART(0)
#define UART_INT_ENABLE    UART(1)
#define UART_FIFO_CONTROL  UART(2)
#define UART_LINE_STATUS   UART(5)
#define LINE_DATA_READY    0x01u
#define LINE_TRANSMIT_IDLE 0x20u

/* Boot parameters: records of {u16 tag, u16 size, data}. */
#define TAG_COMMAND_LINE 0x1001
#define TAG_LAST         0x7e0b
#define RECORDS_MAX      16

const char board_name[] = "lx60";
const uint32_t board_ethernet_base = 0x9d030000u;

static const char *command_line;

void board_map_flash(void);

/* Called by start.S: everything is in RAM already. */
void board_map_flash(void)
{
}

static const char *find_command_line(const uint8_t *record)
{
    for (int i = 0; record != NULL && i < RECORDS_MAX; i++) {
        uint16_t tag;
        uint16_t size;
        memcpy(&tag, record, sizeof tag);
        memcpy(&size, record + 2, sizeof size);
        if (tag == TAG_COMMAND_LINE) {
            return (const char *)record + 4;
        }
        if (tag == TAG_LAST) {
            break;
        }
        record += 4 + size;
    }
    return NULL;
}

void board_start(const void *boot_parameters)
{
    command_line = find_command_line(boot_parameters);
    UART_FIFO_CONTROL = 1;
    UART_INT_ENABLE = 1;
}

_Noreturn void board_reset(void)
{
    REGISTER32(FPGA_RESET) = FPGA_RESET_KEY;
    for (;;) {
    }
}

const char *board_settings_text(void)
{
    return command_line;
}

void board_uart_write(char byte)
{
    while (!(UART_LINE_STATUS & LINE_TRANSMIT_IDLE)) {
    }
    UART_DATA = (uint8_t)byte;
}

int board_uart_read(void)
{
    return UART_LINE_STATUS & LINE_DATA_READY ? (int)(UART_DATA & 0xff) : -1;
}

bool board_entropy(uint8_t *bytes, size_t count)
{
    (void)bytes;
    (void)count;
    return false;
}

bool board_mac(uint8_t mac[6])
{
    (void)mac;
    return false;
}

bool board_nvs_is_there(void)
{
    return false;
}

/* The board has no watchdog: the timer interrupt alone watches. */
void board_watchdog_start(uint32_t seconds)
{
    (void)seconds;
}

void board_watchdog_feed(void)
{
}

bool board_watchdog_has_bitten(void)
{
    return false;
}
