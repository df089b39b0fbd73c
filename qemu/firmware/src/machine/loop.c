#include "machine/loop.h"

#include "machine/clock.h"
#include "machine/interrupt.h"
#include "machine/watchdog.h"

static bool (*poll)(void);
static uint32_t (*idle_milliseconds)(void);
static bool cancelled;
static bool limited;
static uint32_t limit_at;

void loop_serve(bool (*polled)(void), uint32_t (*idles_for)(void))
{
    poll = polled;
    idle_milliseconds = idles_for;
}

void loop_turn(uint32_t sleep_milliseconds_max)
{
    watchdog_feed();
    if (!poll()) {
        uint32_t idle = idle_milliseconds();
        uint32_t sleep = idle < sleep_milliseconds_max ? idle : sleep_milliseconds_max;
        if (sleep > 0) {
            interrupt_wait(sleep < 1000 ? sleep * 1000 : 1000000);
        }
    }
}

void loop_wait(uint32_t milliseconds)
{
    uint32_t start = clock_milliseconds();
    while (clock_milliseconds() - start < milliseconds && !loop_is_cancelled()) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
}

bool loop_is_cancelled(void)
{
    return cancelled || (limited && (int32_t)(clock_milliseconds() - limit_at) >= 0);
}

bool loop_user_gave_up(void)
{
    return cancelled;
}

void loop_limit(uint32_t milliseconds)
{
    limited = true;
    limit_at = clock_milliseconds() + milliseconds;
}

void loop_cancel(void)
{
    cancelled = true;
}

void loop_resume(void)
{
    cancelled = false;
    limited = false;
}
