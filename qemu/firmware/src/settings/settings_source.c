#include "settings/settings_source.h"

#include <stdlib.h>
#include <string.h>

#include "machine/board.h"
#include "machine/log.h"
#include "mbedtls/base64.h"
#include "settings/nvs.h"

#define VALUE_BYTES_MAX 4096

/* The value's start after "key=", or NULL. Values may be put in double quotes. */
static const char *find_in(const char *text, const char *key, size_t *length)
{
    size_t key_length = strlen(key);
    while (text != NULL && *text != '\0') {
        text += strspn(text, " \t\r\n");
        size_t name = strcspn(text, "= \t\r\n");
        const char *value = text + name;
        bool quoted = value[0] == '=' && value[1] == '"';
        size_t count = 0;
        if (*value == '=') {
            value += quoted ? 2 : 1;
            count = strcspn(value, quoted ? "\"" : " \t\r\n");
        }
        if (name == key_length && strncmp(text, key, name) == 0) {
            *length = count;
            return value;
        }
        text = value + count + (quoted && value[count] == '"');
    }
    return NULL;
}

/* Where xiaozhi-esp32 keeps a setting; what it does not know is in the namespace "fieldloop" under the setting's name. */
static bool find_in_nvs(const char *key, char *to, size_t room)
{
    static const char *const places[][3] = {
        {"url", "websocket", "url"}, {"token", "websocket", "token"}, {"version", "websocket", "version"},
        {"ota-url", "wifi", "ota_url"}, {"client-id", "board", "uuid"},
        {"mqtt-endpoint", "mqtt", "endpoint"}, {"mqtt-client-id", "mqtt", "client_id"},
        {"mqtt-username", "mqtt", "username"}, {"mqtt-password", "mqtt", "password"},
        {"mqtt-topic", "mqtt", "publish_topic"}, {"mqtt-keepalive", "mqtt", "keepalive"},
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(places[i][0], key) == 0) {
            return nvs_text(places[i][1], places[i][2], to, room);
        }
    }
    return nvs_text("fieldloop", key, to, room);
}

bool settings_text(const char *key, char *to, size_t room)
{
    to[0] = '\0';
    return board_nvs_is_there() ? find_in_nvs(key, to, room) : settings_text_in(board_settings_text(), key, to, room);
}

bool settings_text_in(const char *text, const char *key, char *to, size_t room)
{
    size_t length = 0;
    to[0] = '\0';
    const char *value = find_in(text, key, &length);
    if (value == NULL) {
        return false;
    }
    if (length >= room) {
        LOGE("fieldloop", "setting %s: more than %u characters", key, (unsigned)(room - 1));
        return false;
    }
    memcpy(to, value, length);
    to[length] = '\0';
    return true;
}

uint32_t settings_number(const char *key, uint32_t otherwise)
{
    char text[16];
    return settings_text(key, text, sizeof text) ? (uint32_t)strtoul(text, NULL, 10) : otherwise;
}

size_t settings_base64(const char *key, uint8_t *to, size_t room)
{
    static char text[VALUE_BYTES_MAX];
    size_t length = 0;
    if (settings_text(key, text, sizeof text)
        && mbedtls_base64_decode(to, room, &length, (const unsigned char *)text, strlen(text)) != 0) {
        LOGE("fieldloop", "setting %s: no base64, or more than %u bytes", key, (unsigned)room);
        return 0;
    }
    return length;
}
