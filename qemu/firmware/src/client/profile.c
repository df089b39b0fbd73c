#include "client/profile.h"

#include <string.h>

/* lwIP's own limit on connect(): SYN retries, as seen in the field. */
#define LWIP_CONNECT_MILLISECONDS 18500
#define TEN_SECONDS               10000
#define UNLIMITED                 ((size_t)-1)

#define XIAOZHI(wifi_name, dates, since_2_3)                                                                                     \
    {                                                                                                                 \
        .name = wifi_name, .dialect = DIALECT_XIAOZHI, .check = CHECK_STATUS_ONLY, .response_bytes_max = UNLIMITED,   \
        .plain_connect_milliseconds_max = LWIP_CONNECT_MILLISECONDS, .checks_dates = dates,                           \
        .skips_unknown_opcodes = true, .accepts_masked_frames = true, .keeps_late_hello = true,                       \
        .strict_voice = since_2_3, .obeys_any_goodbye = !since_2_3,                                                   \
    }

#define ESP_IDF(idf_name, header_check)                                                                               \
    {                                                                                                                 \
        .name = idf_name, .dialect = DIALECT_ESP_IDF, .check = header_check, .response_bytes_max = 1024,              \
        .plain_connect_milliseconds_max = TEN_SECONDS, .notices_loss = true, .skips_unknown_opcodes = true,           \
        .accepts_masked_frames = true, .answers_close = true,                                                         \
    }

static const struct profile PROFILES[] = {
    XIAOZHI("xiaozhi-wifi", false, true),
    XIAOZHI("xiaozhi-wifi-strict-time", true, true),
    XIAOZHI("xiaozhi-wifi-2.2", false, false),
    XIAOZHI("xiaozhi-ml307-net-3.7", false, true),
    ESP_IDF("esp-idf-websocket", CHECK_ACCEPT_IGNORING_CASE),
    ESP_IDF("esp-idf-websocket-case-sensitive", CHECK_ACCEPT_MATCHING_CASE),
    {
        .name = "strict-rfc6455",
        .dialect = DIALECT_RFC_6455,
        .check = CHECK_RFC_6455,
        .response_bytes_max = 8192,
        .plain_connect_milliseconds_max = TEN_SECONDS,
        .checks_dates = true,
        .notices_loss = true,
        .answers_close = true,
    },
};

const struct profile *profile_named(const char *name)
{
    for (size_t i = 0; i < sizeof PROFILES / sizeof PROFILES[0]; i++) {
        if (strcmp(PROFILES[i].name, name) == 0) {
            return &PROFILES[i];
        }
    }
    return NULL;
}
