#include "web/json.h"

#include <string.h>

#define DEPTH_MAX 16

static const struct json NONE = {NULL, NULL};

static const char *skip_value(const char *at, const char *end, int depth);

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')) {
        at++;
    }
    return at;
}

/* All skip_… return what follows, or NULL where the text is not JSON. */
static const char *skip_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++) {
        if ((unsigned char)*at < 0x20) {
            return NULL;
        }
        at += *at == '\\';
    }
    return at < end ? at + 1 : NULL;
}

static const char *skip_word(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && memcmp(at, word, length) == 0 ? at + length : NULL;
}

static const char *skip_number(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && strchr("+-.eE0123456789", *at) != NULL && *at != '\0') {
        at++;
    }
    return at > start && (at - start > 1 || *start != '-') ? at : NULL;
}

static const char *skip_members(const char *at, const char *end, int depth, bool named, char close)
{
    at = skip_blanks(at + 1, end);
    if (at < end && *at == close) {
        return at + 1;
    }
    while (at < end) {
        if (named) {
            at = *at == '"' ? skip_string(at, end) : NULL;
            at = at == NULL ? NULL : skip_blanks(at, end);
            if (at == NULL || at == end || *at != ':') {
                return NULL;
            }
            at = skip_blanks(at + 1, end);
        }
        at = skip_value(at, end, depth - 1);
        at = at == NULL ? NULL : skip_blanks(at, end);
        if (at == NULL || at == end || (*at != ',' && *at != close)) {
            return NULL;
        }
        if (*at == close) {
            return at + 1;
        }
        at = skip_blanks(at + 1, end);
    }
    return NULL;
}

static const char *skip_value(const char *at, const char *end, int depth)
{
    if (at >= end || depth == 0) {
        return NULL;
    }
    switch (*at) {
    case '{':
        return skip_members(at, end, depth, true, '}');
    case '[':
        return skip_members(at, end, depth, false, ']');
    case '"':
        return skip_string(at, end);
    case 't':
        return skip_word(at, end, "true");
    case 'f':
        return skip_word(at, end, "false");
    case 'n':
        return skip_word(at, end, "null");
    default:
        return *at == '-' || (*at >= '0' && *at <= '9') ? skip_number(at, end) : NULL;
    }
}

struct json json_parse(const char *text, size_t length)
{
    const char *end = text + length;
    const char *start = skip_blanks(text, end);
    const char *after = skip_value(start, end, DEPTH_MAX);
    if (after == NULL || skip_blanks(after, end) != end) {
        return NONE;
    }
    return (struct json){start, after};
}

bool json_next_member(struct json object, const char **at, struct json *key, struct json *value)
{
    const char *from = skip_blanks(*at == NULL ? object.start + 1 : *at, object.end);
    from = *from == ',' ? skip_blanks(from + 1, object.end) : from;
    if (*from != '"') {
        return false;
    }
    *key = (struct json){from, skip_string(from, object.end)};
    from = skip_blanks(key->end, object.end);
    from = skip_blanks(from + 1, object.end);
    *value = (struct json){from, skip_value(from, object.end, DEPTH_MAX)};
    *at = value->end;
    return true;
}

struct json json_member(struct json object, const char *name)
{
    const char *at = NULL;
    struct json key;
    struct json value;
    while (json_is_object(object) && json_next_member(object, &at, &key, &value)) {
        if (json_equals(key, name)) {
            return value;
        }
    }
    return NONE;
}

bool json_is_string(struct json value)
{
    return value.start != NULL && *value.start == '"';
}

bool json_is_object(struct json value)
{
    return value.start != NULL && *value.start == '{';
}

static uint32_t hex4(const char *digits)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char digit = digits[i];
        value = value << 4 | (uint32_t)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return value;
}

/* The UTF-8 of one code unit; a surrogate pair becomes two of them, which a console survives. */
static size_t put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    to[0] = (char)(0xe0 | code >> 12);
    to[1] = (char)(0x80 | (code >> 6 & 0x3f));
    to[2] = (char)(0x80 | (code & 0x3f));
    return 3;
}

static const char *copy_escape(const char *at, const char *end, char *to, size_t *length)
{
    static const char letters[] = "bfnrt";
    static const char meanings[] = "\b\f\n\r\t";
    const char *letter = strchr(letters, *at);
    if (*at == 'u' && end - at > 4) {
        *length += put_utf8(to + *length, hex4(at + 1));
        return at + 5;
    }
    to[(*length)++] = letter != NULL ? meanings[letter - letters] : *at;
    return at + 1;
}

void json_copy_string(struct json value, char *to, size_t room)
{
    size_t length = 0;
    if (json_is_string(value)) {
        const char *end = value.end - 1;
        for (const char *at = value.start + 1; at < end && length + 4 <= room;) {
            if (*at == '\\') {
                at = copy_escape(at + 1, end, to, &length);
            } else {
                to[length++] = *at++;
            }
        }
    }
    to[length] = '\0';
}

bool json_equals(struct json value, const char *text)
{
    char copy[64];
    json_copy_string(value, copy, sizeof copy);
    return json_is_string(value) && strcmp(copy, text) == 0;
}

bool json_is_integer(struct json value)
{
    return value.start != NULL && (*value.start == '-' || (*value.start >= '0' && *value.start <= '9'));
}

int64_t json_integer(struct json value, int64_t otherwise)
{
    if (!json_is_integer(value)) {
        return otherwise;
    }
    bool negative = *value.start == '-';
    int64_t number = 0;
    for (const char *at = value.start + negative; at < value.end && *at >= '0' && *at <= '9'; at++) {
        if (number > (INT64_MAX - 9) / 10) {
            return negative ? INT64_MIN : INT64_MAX;
        }
        number = number * 10 + (*at - '0');
    }
    return negative ? -number : number;
}
