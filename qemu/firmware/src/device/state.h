/* The state word of the firmware's StateMachine. */
#pragma once

enum state { STATE_UNKNOWN, STATE_STARTING, STATE_ACTIVATING, STATE_IDLE, STATE_CONNECTING, STATE_LISTENING, STATE_SPEAKING, STATE_UPGRADING };

enum state state_now(void);

/* Logged, if it is another one. */
void state_enter(enum state next);
