/* Restarts a firmware whose main loop no longer turns, with the report of ESP-IDF's task watchdog. */
#pragma once

#include <stdint.h>

/* 0 seconds: off. */
void watchdog_start(uint32_t seconds);
void watchdog_feed(void);

/* Once per second, from the timer interrupt; pc is what was interrupted. */
void watchdog_tick(uint32_t pc);
