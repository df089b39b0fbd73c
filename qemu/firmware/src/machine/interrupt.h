/* Level-1 interrupts: they only wake the main loop, which then polls, and drive the watchdog. */
#pragma once

#include <stdint.h>

#define WAKE_UART     0
#define WAKE_ETHERNET 1

void interrupt_start(void);

/* Sleeps until a device of the board has something, or the time is over, or a watchdog tick. */
void interrupt_wait(uint32_t microseconds_max);
