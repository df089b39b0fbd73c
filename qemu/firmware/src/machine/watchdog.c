#include "machine/watchdog.h"

#include "machine/board.h"
#include "machine/log.h"
#include "machine/reset.h"

/* How much later the board's own watchdog bites, should even the timer interrupt be dead. */
#define HARDWARE_MARGIN_SECONDS 2

static const char TAG[] = "task_wdt";

static uint32_t seconds_max;
static volatile uint32_t seconds_without_life;

void watchdog_start(uint32_t seconds)
{
    seconds_max = seconds;
    if (seconds > 0) {
        board_watchdog_start(seconds + HARDWARE_MARGIN_SECONDS);
    }
}

void watchdog_feed(void)
{
    seconds_without_life = 0;
    board_watchdog_feed();
}

void watchdog_tick(uint32_t pc)
{
    if (seconds_max == 0 || ++seconds_without_life <= seconds_max) {
        return;
    }
    LOGE(TAG, "Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:");
    LOGE(TAG, " - main (CPU 0)");
    LOGE(TAG, "Tasks currently running:");
    LOGE(TAG, "CPU 0: main");
    LOGE(TAG, "Aborting.");
    log_raw("\nabort() was called at PC 0x%08lx on core 0\n\n\nRebooting...\n", (unsigned long)pc);
    reset_board(RESET_TASK_WATCHDOG);
}
