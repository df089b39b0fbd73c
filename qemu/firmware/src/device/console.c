#include "device/console.h"

#include <string.h>

#include "device/state.h"
#include "machine/board.h"
#include "machine/cpu.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "machine/reset.h"

#define LINE_BYTES_MAX 64
#define QUEUE_LINES    8

static char line[LINE_BYTES_MAX];
static size_t line_used;
static char queue[QUEUE_LINES][LINE_BYTES_MAX];
static unsigned queue_first;
static unsigned queue_count;

static void hang(void)
{
    for (;;) {
    }
}

/* An address that de212 refuses to load from; LX6 does load, so what follows is no instruction on either. */
static void crash(void)
{
    static const uint32_t words[2] = {0x04030201, 0x08070605};
    uint32_t value;
    __asm__ volatile("l32i %0, %1, 0\n .byte 0, 0, 0" : "=a"(value) : "a"((uintptr_t)words + 1));
}

/* The button of a device that asks its OTA server: it waits for long no more. */
static void press(void)
{
    LOGD("fieldloop", "button pressed");
    if (state_now() == STATE_ACTIVATING) {
        state_enter(STATE_IDLE);
    }
}

static void enqueue(const char *command)
{
    if (queue_count < QUEUE_LINES) {
        strcpy(queue[(queue_first + queue_count) % QUEUE_LINES], command);
        queue_count++;
    } else {
        LOGW("fieldloop", "too many commands at once, dropped: %s", command);
    }
}

static void accept(const char *command)
{
    if (strcmp(command, "reboot") == 0) {
        reset_board(RESET_SOFTWARE);
    } else if (strcmp(command, "hang") == 0) {
        hang();
    } else if (strcmp(command, "hang hard") == 0) {
        cpu_lock_interrupts();
        hang();
    } else if (strcmp(command, "crash") == 0) {
        crash();
    } else if (strcmp(command, "press") == 0) {
        press();
    } else if (command[0] != '\0') {
        if (strcmp(command, "disconnect") == 0) {
            loop_cancel();
        }
        enqueue(command);
    }
}

static void take_byte(char byte)
{
    if (byte == '\n' || byte == '\r') {
        line[line_used] = '\0';
        line_used = 0;
        accept(line);
    } else if (line_used < LINE_BYTES_MAX - 1) {
        line[line_used++] = byte;
    }
}

bool console_poll(void)
{
    int byte = board_uart_read();
    bool any = byte >= 0;
    for (; byte >= 0; byte = board_uart_read()) {
        take_byte((char)byte);
    }
    return any;
}

bool console_take(char *to, size_t room)
{
    if (queue_count == 0) {
        return false;
    }
    strncpy(to, queue[queue_first], room - 1);
    to[room - 1] = '\0';
    queue_first = (queue_first + 1) % QUEUE_LINES;
    queue_count--;
    return true;
}

void console_forget(void)
{
    queue_count = 0;
}
