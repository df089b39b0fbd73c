#include "web/header_block.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct text NONE = {NULL, NULL};

static struct text find(struct text text, const char *part, int (*compare)(const char *, const char *, size_t))
{
    size_t length = strlen(part);
    if (text.start != NULL) {
        for (const char *at = text.start; (size_t)(text.end - at) >= length; at++) {
            if (compare(at, part, length) == 0) {
                return (struct text){at, text.end};
            }
        }
    }
    return NONE;
}

struct text text_find(struct text text, const char *part)
{
    return find(text, part, strncmp);
}

struct text text_find_ignoring_case(struct text text, const char *part)
{
    return find(text, part, strncasecmp);
}

struct text text_line(struct text text)
{
    struct text end = text_find(text, "\r\n");
    return end.start == NULL ? NONE : (struct text){text.start, end.start};
}

struct text text_trimmed(struct text text)
{
    while (text.start < text.end && isspace((unsigned char)*text.start)) {
        text.start++;
    }
    while (text.end > text.start && isspace((unsigned char)text.end[-1])) {
        text.end--;
    }
    return text;
}

bool text_equals(struct text text, const char *other)
{
    size_t length = strlen(other);
    return text.start != NULL && (size_t)(text.end - text.start) == length && strncmp(text.start, other, length) == 0;
}

bool text_equals_ignoring_case(struct text text, const char *other)
{
    size_t length = strlen(other);
    return text.start != NULL && (size_t)(text.end - text.start) == length
           && strncasecmp(text.start, other, length) == 0;
}

unsigned long text_number(struct text text, int base)
{
    char digits[24];
    size_t length = (size_t)(text.end - text.start);
    length = length < sizeof digits - 1 ? length : sizeof digits - 1;
    memcpy(digits, text.start, length);
    digits[length] = '\0';
    return strtoul(digits, NULL, base);
}

bool text_list_has(struct text list, const char *word)
{
    while (list.start != NULL && list.start < list.end) {
        struct text comma = text_find(list, ",");
        const char *end = comma.start == NULL ? list.end : comma.start;
        if (text_equals_ignoring_case(text_trimmed((struct text){list.start, end}), word)) {
            return true;
        }
        list.start = end + 1;
    }
    return false;
}

int http_status(struct text block)
{
    struct text line = text_find_ignoring_case(block, "HTTP/");
    struct text blank = text_find(line, " ");
    int status = 0;
    if (blank.start != NULL) {
        for (const char *at = blank.start + 1; at < blank.end && isdigit((unsigned char)*at) && status < 100; at++) {
            status = status * 10 + (*at - '0');
        }
    }
    return status;
}

struct text header_value(struct text block, const char *name)
{
    size_t length = strlen(name);
    struct text rest = text_find(block, "\r\n");
    while (rest.start != NULL) {
        struct text line = text_line((struct text){rest.start + 2, rest.end});
        if (line.start == NULL) {
            break;
        }
        if ((size_t)(line.end - line.start) > length && line.start[length] == ':'
            && strncasecmp(line.start, name, length) == 0) {
            return text_trimmed((struct text){line.start + length + 1, line.end});
        }
        rest.start = line.end;
    }
    return NONE;
}

bool header_block_is_well_formed(struct text block)
{
    struct text rest = text_find(block, "\r\n");
    while (rest.start != NULL) {
        struct text line = text_line((struct text){rest.start + 2, rest.end});
        if (line.start == NULL || line.start == line.end) {
            return line.start != NULL;
        }
        const char *at = line.start;
        while (at < line.end && (isalnum((unsigned char)*at) || (*at != '\0' && strchr("!#$%&'*+.^_`|~-", *at) != NULL))) {
            at++;
        }
        if (at == line.start || at == line.end || *at != ':') {
            return false;
        }
        rest.start = line.end;
    }
    return false;
}
