/* Finds things in an HTTP header block where it stands. */
#pragma once

#include <stdbool.h>

/* A stretch of bytes; none has no start. */
struct text {
    const char *start;
    const char *end;
};

/* From the first occurrence to the end of the text. */
struct text text_find(struct text text, const char *part);
struct text text_find_ignoring_case(struct text text, const char *part);

/* Up to the next CR LF; none when there is none. */
struct text text_line(struct text text);
struct text text_trimmed(struct text text);
bool text_equals(struct text text, const char *other);
bool text_equals_ignoring_case(struct text text, const char *other);

/* The number at its beginning, behind blanks; 0 where none is. */
unsigned long text_number(struct text text, int base);

/* Whether a comma-separated list has that word, in any case. */
bool text_list_has(struct text list, const char *word);

/* The number after "HTTP/x ", or 0. */
int http_status(struct text block);

/* The first header of that name, in any case; none when there is none. */
struct text header_value(struct text block, const char *name);

/* Whether every line after the first is name: value, up to the empty line. */
bool header_block_is_well_formed(struct text block);
