/*
 * The smallest firmware for QEMU's lx60-nommu: says its command line, echoes what it is sent, and does what single
 * characters tell it. Call0 ABI, no library, no interrupts.
 */
#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define UART_DATA REG(0x9d050020)
#define UART_STATUS REG(0x9d050034)
#define UART_RECEIVED 0x01
#define UART_SENDABLE 0x20
#define BOARD_RESET REG(0x9d020010)
#define TAG_COMMAND_LINE 0x1001
#define TAG_LAST 0x7e0b

static void put(char c)
{
    while (!(UART_STATUS & UART_SENDABLE)) {
    }
    UART_DATA = (uint8_t)c;
}

static void print(const char *text)
{
    while (*text) {
        put(*text++);
    }
}

static char get(void)
{
    while (!(UART_STATUS & UART_RECEIVED)) {
    }
    return (char)UART_DATA;
}

struct parameter {
    uint16_t tag, size;
    char data[];
};

static const char *command_line(const struct parameter *p)
{
    for (; p && p->tag != TAG_LAST; p = (const void *)(p->data + p->size)) {
        if (p->tag == TAG_COMMAND_LINE) {
            return p->data;
        }
    }
    return "";
}

void run(const struct parameter *parameters)
{
    const char *settings = command_line(parameters);
    if (settings[0] == 's') { /* silent */
        for (;;) {
        }
    }
    print("I (1) fieldloop: boot count=? reset=power-on board=lx60 version=test\r\n");
    print("settings: ");
    print(settings);
    print("\r\n");
    if (settings[0] == 'l') { /* loop */
        BOARD_RESET = 0xdead;
    }
    for (;;) {
        char c = get();
        if (c == '!') {
            BOARD_RESET = 0xdead;
        } else if (c == 'g') {
            print("Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\r\n");
        } else if (c == 'f') { /* flood */
            for (int line = 0; line < 5000; line++) {
                print("0123456789012345678901234567890123456789\r\n");
            }
            print("flooded\r\n");
        } else {
            put(c);
        }
    }
}

__asm__(".section .text.start, \"ax\"\n"
        ".align 4\n"
        ".literal_position\n"
        ".global _start\n"
        "_start:\n"
        "    movi a3, 0x0f\n" /* no windows, no interrupts */
        "    wsr.ps a3\n"
        "    rsync\n"
        "    movi a1, 0x60100000\n"
        "    movi a3, run\n"
        "    jx a3\n");
