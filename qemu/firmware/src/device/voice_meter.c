#include "device/voice_meter.h"

#include <stdio.h>
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
        meter->gaps++;
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

/*
 * The E-model's estimate (ITU-T G.107, 7.5 and Annex B) in hundredths, by the numbers of the gateway and the simulated device: a rating of 93.2
 * without loss, a packet-loss robustness of 11.28 (doi:10.1145/3458751). What came late was not heard either. The loss by the burst ratio,
 * which is not below 1, is the smaller of missing packets to all, and gaps to what was heard.
 */
static unsigned mos_hundredths(const struct voice_meter *meter)
{
    int64_t share = 1000000LL * meter->missing / ((int64_t)meter->received + meter->missing);
    int64_t by_gaps = 1000000LL * meter->gaps / meter->received;
    int64_t rating = 9320 - 950000 * share / (100 * (share < by_gaps ? share : by_gaps) + 11280000);
    int64_t mos = 100 * 10000000000LL + 350000000 * rating + 7 * rating * (rating - 6000) * (10000 - rating);
    int64_t rounded = (mos + 5000000000LL) / 10000000000LL;
    return rating <= 0 || rounded < 100 ? 100 : (unsigned)rounded;
}

void voice_meter_close(struct voice_meter *meter)
{
    unsigned mos = meter->received == 0 ? 0 : mos_hundredths(meter);
    char told[24] = "";
    if (mos > 0) {
        snprintf(told, sizeof told, " mos=%u.%02u", mos / 100, mos % 100);
    }
    uint32_t lost = meter->missing > meter->late ? meter->missing - meter->late : 0;
    LOGD("fieldloop",
         "voice closed sent=%lu received=%lu lost-ms=%lu late-ms=%lu duplicates=%lu longest-gap-ms=%lu jitter-us=%lu%s",
         (unsigned long)meter->sent, (unsigned long)meter->received, (unsigned long)lost * FRAME_MILLISECONDS,
         (unsigned long)meter->late * FRAME_MILLISECONDS, (unsigned long)meter->duplicates,
         (unsigned long)meter->longest_gap * FRAME_MILLISECONDS, (unsigned long)(meter->jitter / JITTER_SHARE), told);
    memset(meter, 0, sizeof *meter);
}
