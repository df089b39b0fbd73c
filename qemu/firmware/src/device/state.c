#include "device/state.h"

#include "machine/log.h"

static enum state now = STATE_UNKNOWN;

static const char *name(enum state state)
{
    static const char *const names[] = {"unknown",    "starting",  "activating", "idle",
                                        "connecting", "listening", "speaking", "upgrading"};
    return names[state];
}

enum state state_now(void)
{
    return now;
}

void state_enter(enum state next)
{
    if (next != now) {
        LOGI("StateMachine", "State: %s -> %s", name(now), name(next));
        now = next;
    }
}
