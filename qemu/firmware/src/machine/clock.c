#include "machine/clock.h"

#include <sys/time.h>
#include <time.h>

#include "machine/cpu.h"
#include "machine/log.h"

static int64_t date_at_boot;

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

void clock_set_date(int64_t unix_seconds, const char *source)
{
    date_at_boot = unix_seconds - (int64_t)(clock_microseconds() / 1000000u);
    LOGI("fieldloop", "time epoch=%lu source=%s", (unsigned long)unix_seconds, source);
}

int64_t clock_date(void)
{
    return date_at_boot + (int64_t)(clock_microseconds() / 1000000u);
}

/* What mbedTLS and the C library call. */
time_t time(time_t *out)
{
    time_t now = (time_t)clock_date();
    if (out != NULL) {
        *out = now;
    }
    return now;
}
