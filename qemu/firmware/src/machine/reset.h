/* Why the board started, told across a reset by a few bytes that no start-up code clears. */
#pragma once

enum reset_reason { RESET_POWER_ON, RESET_EXTERNAL, RESET_SOFTWARE, RESET_PANIC, RESET_TASK_WATCHDOG };

/* To be called once, early: what comes after it and gives no reason is an external reset. */
enum reset_reason reset_reason_take(void);
/* How many resets there were since power was switched on. */
unsigned reset_count(void);

const char *reset_reason_name(enum reset_reason reason);

_Noreturn void reset_board(enum reset_reason reason);
