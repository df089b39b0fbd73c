#include "machine/date.h"

#include <time.h>

#include "machine/clock.h"
#include "machine/log.h"

static int64_t date_at_boot;

static int64_t seconds_since_boot(void)
{
    return (int64_t)(clock_microseconds() / 1000000u);
}

void date_set(int64_t unix_seconds, const char *source)
{
    date_at_boot = unix_seconds - seconds_since_boot();
    LOGI("fieldloop", "time epoch=%lu source=%s", (unsigned long)unix_seconds, source);
}

/* What mbedTLS and the C library call. */
time_t time(time_t *out)
{
    time_t now = (time_t)(date_at_boot + seconds_since_boot());
    if (out != NULL) {
        *out = now;
    }
    return now;
}
