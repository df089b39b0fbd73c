/* Lines on UART0: the user's button. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Reads what has come in; true if there was something. Restarting and hanging happen here and now, and giving up too. */
bool console_poll(void);

/* The next command that the device has to carry out; false when there is none. */
bool console_take(char *to, size_t room);

/* Drops the commands that wait. */
void console_forget(void);
