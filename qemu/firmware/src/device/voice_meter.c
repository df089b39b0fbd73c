#include "device/voice_meter.h"

#include <stdlib.h>
#include <string.h>

#include "machine/clock.h"
#include "machine/log.h"

#define FRAME_MILLISECONDS 60
#define WINDOW_PACKETS     64
#define JITTER_SHARE       16 /* RFC 3550, 6.4.1 */

void voice_meter_restart(struct voice_meter *meter)
{
    meter->came = 0;
    meter->last_sequence = 0;
    meter->started = false;
}

/* A server without timestamps sends zeros; its packets are a frame apart. */
static void arrived(struct voice_meter *meter, uint32_t sequence, uint32_t timestamp)
{
    int64_t due = (int64_t)(timestamp == 0 ? (uint64_t)sequence * FRAME_MILLISECONDS : timestamp) * 1000;
    int64_t transit = (int64_t)clock_microseconds() - due;
    if (meter->started) {
        meter->jitter += llabs(transit - meter->last_transit) - meter->jitter / JITTER_SHARE;
    }
    meter->last_transit = transit;
}

void voice_meter_taken(struct voice_meter *meter, uint32_t sequence, uint32_t timestamp)
{
    uint32_t ahead = sequence - meter->last_sequence;
    meter->came = ahead >= WINDOW_PACKETS ? 1 : meter->came << ahead | 1;
    if (meter->started && ahead > 1) {
        meter->missing += ahead - 1;
        meter->longest_gap = ahead - 1 > meter->longest_gap ? ahead - 1 : meter->longest_gap;
    }
    arrived(meter, sequence, timestamp);
    meter->last_sequence = sequence;
    meter->started = true;
    meter->received++;
}

void voice_meter_old(struct voice_meter *meter, uint32_t sequence, uint32_t timestamp)
{
    uint32_t behind = meter->last_sequence - sequence;
    if (behind < WINDOW_PACKETS && (meter->came >> behind & 1) != 0) {
        meter->duplicates++;
        return;
    }
    meter->late++;
    arrived(meter, sequence, timestamp);
    meter->came |= behind < WINDOW_PACKETS ? (uint64_t)1 << behind : 0;
}

void voice_meter_close(struct voice_meter *meter)
{
    uint32_t lost = meter->missing > meter->late ? meter->missing - meter->late : 0;
    LOGD("fieldloop",
         "voice closed sent=%lu received=%lu lost-ms=%lu late-ms=%lu duplicates=%lu longest-gap-ms=%lu jitter-us=%lu",
         (unsigned long)meter->sent, (unsigned long)meter->received, (unsigned long)lost * FRAME_MILLISECONDS,
         (unsigned long)meter->late * FRAME_MILLISECONDS, (unsigned long)meter->duplicates,
         (unsigned long)meter->longest_gap * FRAME_MILLISECONDS, (unsigned long)(meter->jitter / JITTER_SHARE));
    memset(meter, 0, sizeof *meter);
}
