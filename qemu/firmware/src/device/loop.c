#include "device/loop.h"

#include "device/console.h"
#include "machine/interrupt.h"
#include "machine/watchdog.h"
#include "net/network.h"

static bool cancelled;

void loop_turn(uint32_t sleep_milliseconds_max)
{
    watchdog_feed();
    bool busy = network_poll();
    busy |= console_poll();
    if (!busy) {
        uint32_t idle = network_idle_milliseconds();
        uint32_t sleep = idle < sleep_milliseconds_max ? idle : sleep_milliseconds_max;
        if (sleep > 0) {
            interrupt_wait(sleep < 1000 ? sleep * 1000 : 1000000);
        }
    }
}

bool loop_is_cancelled(void)
{
    return cancelled;
}

void loop_cancel(void)
{
    cancelled = true;
}

void loop_resume(void)
{
    cancelled = false;
}
