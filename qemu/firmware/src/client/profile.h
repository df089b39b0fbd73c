/* What kinds of client differ in: what they check, forgive and log. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dialect { DIALECT_XIAOZHI, DIALECT_ESP_IDF, DIALECT_RFC_6455 };

enum upgrade_check {
    CHECK_STATUS_ONLY,          /* "HTTP/1.1 101" occurs anywhere in the header block */
    CHECK_ACCEPT_IGNORING_CASE, /* Sec-WebSocket-Accept has the right value, whatever the status */
    CHECK_ACCEPT_MATCHING_CASE, /* as above, but the header's name is found only as RFC 6455 writes it */
    CHECK_RFC_6455,
};

struct profile {
    const char *name;
    enum dialect dialect;
    enum upgrade_check check;
    size_t response_bytes_max;
    uint32_t plain_connect_milliseconds_max;
    bool checks_dates;
    bool notices_loss;          /* before the channel is open; the xiaozhi client sits out its limit */
    bool skips_unknown_opcodes;
    bool accepts_masked_frames;
    bool answers_close;
    bool keeps_late_hello;
    bool obeys_any_goodbye; /* firmware before 2.3: one without session id closes the channel, and is answered by one */
    bool strict_voice;      /* firmware since 2.3: a datagram is as long as its header says, and no sequence comes twice */
};

/* NULL when there is none of that name. */
const struct profile *profile_named(const char *name);
