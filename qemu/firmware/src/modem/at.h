/* Commands to a modem and what it says, as at_uart.cc of 78/esp-ml307 has it: one command at a time, a line is taken for what it begins with. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum at_result { AT_OK, AT_ERROR, AT_SILENCE };

#define AT_ARGUMENTS_MAX 12
#define AT_COMMAND_MILLISECONDS 1000

/* What stands behind the colon, split at every comma; quotes around a text are gone. */
struct at_arguments {
    int count;
    const char *text[AT_ARGUMENTS_MAX];
};

/* Hears the lines that begin with a plus; must send no command. False: not now, and nothing behind it is read either. */
typedef bool at_listener(const char *name, const struct at_arguments *arguments);

/* What commands and answers pass. */
struct at_carrier {
    void (*send)(const char *command);
    size_t (*read)(void *to, size_t room); /* how many bytes had come; 0 is none */
};

/* The UART as it is, each command a line. */
extern const struct at_carrier at_bare;

void at_start(at_listener *listener, const struct at_carrier *on);

/* Reads what has come; true if something had. */
bool at_poll(void);

/* Waits, and keeps the main loop turning. Data, where there is some, is sent once the modem prompts for it, bare. */
enum at_result at_command(const char *command, uint32_t milliseconds_max, const void *data, size_t count);

/* The same with AT_COMMAND_MILLISECONDS, and nothing to send. */
enum at_result at_ask(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether a command waits for its answer. */
bool at_is_busy(void);

/* The last line that was nothing else, and the number of the last +CME ERROR. */
const char *at_response(void);
int at_cme_error(void);

/* A number of digits; 0 where it is none. */
int at_number(const char *text);
