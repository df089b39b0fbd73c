#include "machine/clock.h"

#include "machine/cpu.h"

/* CCOUNT wraps after 107 s, and a soft reset does not clear it; the main loop asks at least once a second. */
uint64_t clock_microseconds(void)
{
    static uint64_t cycles;
    static uint32_t last;
    static int started;
    uint32_t now = cpu_cycles();
    if (!started) {
        started = 1;
        last = now;
    }
    cycles += (uint32_t)(now - last);
    last = now;
    return cycles / (CPU_HZ / 1000000u);
}

uint32_t clock_milliseconds(void)
{
    return (uint32_t)(clock_microseconds() / 1000u);
}
