#include "settings/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/log.h"
#include "machine/store.h"
#include "settings/settings_file.h"
#include "settings/settings_source.h"

static bool in_file; /* what stands in the websocket section */

static void apply_websocket(const struct websocket_section *section)
{
    strcpy(settings.url, section->url);
    strcpy(settings.token, section->token);
    settings.version = section->version == 0 ? 1 : section->version;
}

static void apply_mqtt(const struct mqtt_section *section)
{
    strcpy(settings.mqtt_endpoint, section->endpoint);
    strcpy(settings.mqtt_client_id, section->client_id);
    strcpy(settings.mqtt_username, section->username);
    strcpy(settings.mqtt_password, section->password);
    strcpy(settings.mqtt_topic, section->topic);
    settings.mqtt_keepalive_seconds = section->keepalive_seconds;
}

static bool read_websocket(struct websocket_section *section)
{
    char text[SETTINGS_FILE_BYTES_MAX];
    char version[12];
    if (!in_file) {
        return store_read(STORE_WEBSOCKET, section, sizeof *section) == sizeof *section;
    }
    if (!settings_file_read(text)) {
        return false;
    }
    settings_text_in(text, "url", section->url, sizeof section->url);
    settings_text_in(text, "token", section->token, sizeof section->token);
    settings_text_in(text, "version", version, sizeof version);
    section->version = (int32_t)strtol(version, NULL, 10);
    return true;
}

static bool write_websocket(const struct websocket_section *section)
{
    char text[SETTINGS_FILE_BYTES_MAX];
    if (in_file) {
        snprintf(text, sizeof text, "version=%ld url=\"%s\" token=\"%s\"", (long)section->version, section->url,
                 section->token);
        return settings_file_write(text);
    }
    store_write(STORE_WEBSOCKET, section, sizeof *section);
    return true;
}

void kept_open(void)
{
    in_file = settings_file_open();
}

void kept_recall(void)
{
    struct websocket_section websocket;
    struct mqtt_section mqtt;
    if (read_websocket(&websocket)) {
        apply_websocket(&websocket);
    }
    if (store_read(STORE_MQTT, &mqtt, sizeof mqtt) == sizeof mqtt) {
        apply_mqtt(&mqtt);
    }
}

bool kept_websocket(const struct websocket_section *section)
{
    apply_websocket(section);
    return write_websocket(section);
}

void kept_mqtt(const struct mqtt_section *section)
{
    apply_mqtt(section);
    store_write(STORE_MQTT, section, sizeof *section);
}

void kept_set_url(const char *url)
{
    struct websocket_section section = {.version = settings.version};
    snprintf(section.url, sizeof section.url, "%s", url);
    strcpy(section.token, settings.token);
    if (kept_websocket(&section)) {
        LOGD("fieldloop", "settings kept url=%s", settings.url);
    }
}
