/* The main loop's one turn: whatever is polled, watchdog, sleep. Whoever waits for something turns it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Granularity of waits with a time limit. */
#define LOOP_TURN_MILLISECONDS 50

/* What a turn polls, which says whether anything had come, and for how long nothing is due unless something comes. */
void loop_serve(bool (*poll)(void), uint32_t (*idle_milliseconds)(void));

void loop_turn(uint32_t sleep_milliseconds_max);

/* Turns for that long, or until whoever waits is to give up. */
void loop_wait(uint32_t milliseconds);

/* Whether the user gave up what is being attempted, or its limit is over; it stays so until loop_resume(). */
bool loop_is_cancelled(void);
bool loop_user_gave_up(void);
void loop_cancel(void);
void loop_limit(uint32_t milliseconds);
void loop_resume(void);
