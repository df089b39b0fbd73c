#include "machine/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "machine/board.h"
#include "machine/clock.h"

#define LINE_BYTES_MAX 512

static void write_text(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            board_uart_write('\r');
        }
        board_uart_write(*text);
    }
}

void log_line(char level, const char *tag, const char *format, ...)
{
    char line[LINE_BYTES_MAX];
    int length = snprintf(line, sizeof line, "%c (%lu) %s: ", level, (unsigned long)clock_milliseconds(), tag);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + length, sizeof line - (size_t)length, format, arguments);
    va_end(arguments);
    write_text(line);
    write_text("\n");
}

void log_raw(const char *format, ...)
{
    char text[LINE_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    write_text(text);
}
