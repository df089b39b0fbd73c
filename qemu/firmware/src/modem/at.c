#include "modem/at.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "machine/serial.h"

/* A segment of 1460 bytes in hexadecimal, and what stands before it. */
#define LINE_BYTES_MAX 4096
#define SHOWN          64
#define WAKE_UP        0xe0

static const char TAG[] = "AtUart";

static at_listener *hears;
static const struct at_carrier *carrier;
static char received[LINE_BYTES_MAX];
static size_t used;
static char response[64];
static int cme_error;
static bool busy;
static bool answered;
static enum at_result result;

static void send_line(const char *command)
{
    serial_write(command, strlen(command));
    serial_write("\r\n", 2);
}

const struct at_carrier at_bare = {send_line, serial_read};

void at_start(at_listener *listener, const struct at_carrier *on)
{
    hears = listener;
    carrier = on;
    used = 0;
}

bool at_is_busy(void)
{
    return busy;
}

const char *at_response(void)
{
    return response;
}

int at_cme_error(void)
{
    return cme_error;
}

int at_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 10 && text[digits] == '\0' ? atoi(text) : 0;
}

static void end(enum at_result with)
{
    if (busy && !answered) {
        answered = true;
        result = with;
    }
}

static void split(char *values, struct at_arguments *arguments)
{
    arguments->count = 0;
    while (values != NULL && arguments->count < AT_ARGUMENTS_MAX) {
        char *comma = strchr(values, ',');
        if (comma != NULL) {
            *comma = '\0';
        }
        size_t length = strlen(values);
        if (length > 1 && values[0] == '"') {
            values[length - 1] = '\0';
            values++;
        }
        arguments->text[arguments->count++] = values;
        values = comma == NULL ? NULL : comma + 1;
    }
}

static bool hear(char *line)
{
    struct at_arguments arguments = {0};
    char *values = strstr(line, ": ");
    if (values != NULL) {
        *values = '\0';
        split(values + 2, &arguments);
    }
    if (strcmp(line + 1, "CME ERROR") == 0) {
        cme_error = arguments.count == 0 ? 0 : at_number(arguments.text[0]);
        end(AT_ERROR);
        return true;
    }
    return hears(line + 1, &arguments);
}

/* False: it has to wait. */
static bool take(char *line, size_t length)
{
    static char copy[LINE_BYTES_MAX];
    if (line[0] == '+') {
        memcpy(copy, line, length + 1);
        if (!hear(copy)) {
            return false;
        }
    }
    LOGI(TAG, "<< %.*s (%u bytes) [%02x%02x%02x]", SHOWN, line, (unsigned)length, (unsigned char)line[0],
         length > 1 ? (unsigned char)line[1] : '\r', length > 2 ? (unsigned char)line[2] : length > 1 ? '\r' : '\n');
    if (strcmp(line, "OK") == 0) {
        end(AT_OK);
    } else if (strcmp(line, "ERROR") == 0) {
        end(AT_ERROR);
    } else if (line[0] != '+' && (unsigned char)line[0] != WAKE_UP) {
        snprintf(response, sizeof response, "%s", line);
    }
    return true;
}

/* How many bytes the next line or prompt takes; 0: there is none, or it has to wait. */
static size_t parse(char *from, size_t count)
{
    if (count > 0 && from[0] == '>' && busy && !answered) {
        end(AT_OK);
        return 1;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        if (from[i] == '\r' && from[i + 1] == '\n') {
            from[i] = '\0';
            bool taken = i == 0 || take(from, i);
            from[i] = '\r';
            return taken ? i + 2 : 0;
        }
    }
    return 0;
}

bool at_poll(void)
{
    size_t came = carrier->read(received + used, sizeof received - used);
    used += came;
    size_t from = 0;
    for (size_t taken = parse(received, used); taken > 0; taken = parse(received + from, used - from)) {
        from += taken;
    }
    used -= from;
    memmove(received, received + from, used);
    if (used == sizeof received && !busy) {
        LOGW(TAG, "line too long, dropped");
        used = 0;
    }
    return came > 0;
}

static enum at_result await(uint32_t milliseconds_max)
{
    uint32_t since = clock_milliseconds();
    while (!answered && clock_milliseconds() - since < milliseconds_max) {
        uint32_t left = milliseconds_max - (clock_milliseconds() - since);
        loop_turn(left < LOOP_TURN_MILLISECONDS ? left : LOOP_TURN_MILLISECONDS);
    }
    return answered ? result : AT_SILENCE;
}

enum at_result at_command(const char *command, uint32_t milliseconds_max, const void *data, size_t count)
{
    busy = true;
    answered = false;
    cme_error = 0;
    response[0] = '\0';
    LOGI(TAG, ">> %.*s (%u bytes)", SHOWN, command, (unsigned)strlen(command));
    carrier->send(command);
    enum at_result how = await(milliseconds_max);
    if (how == AT_OK && data != NULL) {
        answered = false;
        serial_write(data, count);
        how = await(milliseconds_max);
    }
    busy = false;
    return how;
}

enum at_result at_ask(const char *format, ...)
{
    char command[320];
    va_list values;
    va_start(values, format);
    vsnprintf(command, sizeof command, format, values);
    va_end(values);
    return at_command(command, AT_COMMAND_MILLISECONDS, NULL, 0);
}
