#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mbedtls/base64.h"
#include "mbedtls/sha1.h"
#include "web/header_block.h"
#include "web/upgrade.h"

#define ACCEPT_BYTES 29 /* 28 characters and the end */

static const char ACCEPT[] = "Sec-WebSocket-Accept:";

static void accept_of(const char *key, char accept[ACCEPT_BYTES])
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    mbedtls_sha1_context sha1;
    unsigned char digest[20];
    size_t length;
    mbedtls_sha1_init(&sha1);
    mbedtls_sha1_starts_ret(&sha1);
    mbedtls_sha1_update_ret(&sha1, (const unsigned char *)key, strlen(key));
    mbedtls_sha1_update_ret(&sha1, (const unsigned char *)guid, strlen(guid));
    mbedtls_sha1_finish_ret(&sha1, digest);
    mbedtls_base64_encode((unsigned char *)accept, ACCEPT_BYTES, &length, digest, sizeof digest);
}

static enum reason judge_status_only(struct text block)
{
    return text_find(block, "HTTP/1.1 101").start != NULL ? REASON_NONE : UPGRADE_REFUSED;
}

/* A status must exist but may be any: what a refusal lacks is the header, and that is what the client logs. */
static enum reason judge_accept(struct text block, int status, bool ignoring_case, const char *expected)
{
    if (status == 0) {
        return RESPONSE_MALFORMED;
    }
    struct text found = ignoring_case ? text_find_ignoring_case(block, ACCEPT) : text_find(block, ACCEPT);
    struct text value = text_line(found);
    if (found.start == NULL || value.start == NULL) {
        return status == 101 ? ACCEPT_MISSING : UPGRADE_REFUSED;
    }
    return text_equals(text_trimmed((struct text){value.start + strlen(ACCEPT), value.end}), expected) ? REASON_NONE
                                                                                                      : ACCEPT_WRONG;
}

static enum reason judge_rfc6455(struct text block, const char *expected)
{
    struct text line = text_line(block);
    if (line.end - line.start < 12 || strncmp(line.start, "HTTP/1.1 ", 9) != 0 || !isdigit((unsigned char)line.start[9])
        || !header_block_is_well_formed(block)) {
        return RESPONSE_MALFORMED;
    }
    if (strncmp(line.start + 9, "101", 3) != 0) {
        return UPGRADE_REFUSED;
    }
    struct text accept = header_value(block, "Sec-WebSocket-Accept");
    bool upgraded = text_equals_ignoring_case(header_value(block, "Upgrade"), "websocket")
                    && text_list_has(header_value(block, "Connection"), "upgrade")
                    && header_value(block, "Sec-WebSocket-Protocol").start == NULL
                    && header_value(block, "Sec-WebSocket-Extensions").start == NULL;
    if (!upgraded) {
        return RESPONSE_MALFORMED;
    }
    return accept.start == NULL ? ACCEPT_MISSING : text_equals(accept, expected) ? REASON_NONE : ACCEPT_WRONG;
}

struct upgrade_verdict upgrade_judge(const struct profile *profile, const char *key, const char *bytes, size_t count)
{
    struct upgrade_verdict verdict = {.complete = false};
    size_t seen = count < profile->response_bytes_max ? count : profile->response_bytes_max;
    struct text end = text_find((struct text){bytes, bytes + seen}, "\r\n\r\n");
    if (end.start == NULL && seen < profile->response_bytes_max) {
        return verdict;
    }
    char expected[ACCEPT_BYTES];
    accept_of(key, expected);
    verdict.complete = true;
    verdict.length = end.start == NULL ? seen : (size_t)(end.start - bytes) + 4;
    struct text block = {bytes, bytes + verdict.length};
    verdict.status = http_status(block);
    switch (profile->check) {
    case CHECK_STATUS_ONLY:
        verdict.failure = judge_status_only(block);
        break;
    case CHECK_ACCEPT_IGNORING_CASE:
    case CHECK_ACCEPT_MATCHING_CASE:
        verdict.failure =
            judge_accept(block, verdict.status, profile->check == CHECK_ACCEPT_IGNORING_CASE, expected);
        break;
    case CHECK_RFC_6455:
        verdict.failure = end.start == NULL ? RESPONSE_TOO_LARGE : judge_rfc6455(block, expected);
        break;
    }
    return verdict;
}
