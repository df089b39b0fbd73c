/* What start.S saves of an interrupted program. */
#pragma once

#include <stdint.h>

struct trap_frame {
    uint32_t a[16];
    uint32_t pc;
    uint32_t ps;
    uint32_t sar;
    uint32_t cause;
    uint32_t address;
};

/* Prints the report and restarts the board. */
_Noreturn void panic_exception(const struct trap_frame *frame);

/* As ESP-IDF's abort(): says where and restarts. */
_Noreturn void panic_abort(const char *why);
