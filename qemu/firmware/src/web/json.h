/* Reads JSON where it stands: no tree, no memory. A value that is not there has no start. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
    const char *start;
    const char *end;
};

/* The text's one value, or none when the text is not JSON from end to end. */
struct json json_parse(const char *text, size_t length);

/* A member of an object; none if it is no object or has no such member. */
struct json json_member(struct json object, const char *name);

/* The members of an object one after the other, at being NULL at first; false when there are no more. */
bool json_next_member(struct json object, const char **at, struct json *key, struct json *value);

bool json_is_string(struct json value);
bool json_is_object(struct json value);

/* The string's text without escapes, cut to the room there is; "" when it is no string. */
void json_copy_string(struct json value, char *to, size_t room);

/* Whether it is the string given. */
bool json_equals(struct json value, const char *text);

/* An integer's value, a fraction is cut off, and one too great is the greatest there is; otherwise if it is no number. */
int64_t json_integer(struct json value, int64_t otherwise);
bool json_is_integer(struct json value);
