/* lwIP's PPP on the modem's line. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Asks the modem for the line; true once it says CONNECT. */
bool ppp_dial(uint32_t milliseconds_max);

bool ppp_begin(const char *user, const char *password);

bool ppp_is_up(void);

/* Whether a session that was begun is over. */
bool ppp_is_over(void);

/* Hands to lwIP what has come; true if something had. */
bool ppp_poll(void);

const char *ppp_address(void);
