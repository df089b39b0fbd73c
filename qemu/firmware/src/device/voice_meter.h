/* How voice came through, by sequence numbers and times: the account that the simulated device keeps too. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct voice_meter {
    uint32_t sent;
    uint32_t received;
    uint32_t missing;
    uint32_t gaps;           /* stretches of missing packets */
    uint32_t late;
    uint32_t duplicates;
    uint32_t longest_gap;    /* packets */
    uint64_t came;           /* bit n: the packet n before the last one came */
    uint32_t last_sequence;
    int64_t last_transit;    /* microseconds */
    int64_t jitter;          /* microseconds, times 16 */
    bool started;
};

/* Sequences begin anew. */
void voice_meter_restart(struct voice_meter *meter);
void voice_meter_taken(struct voice_meter *meter, uint32_t sequence, uint32_t timestamp);

/* One that is not newer than the last one taken. */
void voice_meter_old(struct voice_meter *meter, uint32_t sequence, uint32_t timestamp);

/* Logs the account and begins another. */
void voice_meter_close(struct voice_meter *meter);
