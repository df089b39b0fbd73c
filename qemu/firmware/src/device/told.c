#include "device/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "device/slots.h"
#include "machine/date.h"
#include "machine/log.h"
#include "settings/kept.h"
#include "settings/settings.h"

#define KEY_LENGTH_MAX   15
#define TEXT_BYTES_MAX   3999
#define PARTS_MAX        8
#define MILLISECONDS_MAX 1000000000000000

static const char TAG[] = "Ota";

/* A key that is missing, or is no text, keeps its value. */
static void take_text(struct json section, const char *key, char *to, size_t room)
{
    struct json value = json_member(section, key);
    if (json_is_string(value)) {
        json_copy_string(value, to, room);
    }
}

static void take_websocket(struct json found)
{
    struct websocket_section section = {.version = (int32_t)json_integer(json_member(found, "version"), settings.version)};
    strcpy(section.url, settings.url);
    strcpy(section.token, settings.token);
    take_text(found, "url", section.url, sizeof section.url);
    take_text(found, "token", section.token, sizeof section.token);
    kept_websocket(&section);
}

static void take_mqtt(struct json found)
{
    struct mqtt_section section = {
        .keepalive_seconds = (uint32_t)json_integer(json_member(found, "keepalive"), settings.mqtt_keepalive_seconds)};
    strcpy(section.endpoint, settings.mqtt_endpoint);
    strcpy(section.client_id, settings.mqtt_client_id);
    strcpy(section.username, settings.mqtt_username);
    strcpy(section.password, settings.mqtt_password);
    strcpy(section.topic, settings.mqtt_topic);
    take_text(found, "endpoint", section.endpoint, sizeof section.endpoint);
    take_text(found, "client_id", section.client_id, sizeof section.client_id);
    take_text(found, "username", section.username, sizeof section.username);
    take_text(found, "password", section.password, sizeof section.password);
    take_text(found, "publish_topic", section.topic, sizeof section.topic);
    kept_mqtt(&section);
}

/* What NVS does not take makes ESP_ERROR_CHECK abort; what comes before it in the section is stored. */
static const char *error_of(struct json section)
{
    const char *at = NULL;
    struct json key;
    struct json value;
    while (json_next_member(section, &at, &key, &value)) {
        bool kept = json_is_string(value) || json_is_integer(value);
        if (kept && key.end - key.start - 2 > KEY_LENGTH_MAX) {
            return "ESP_ERROR_CHECK failed: ESP_ERR_NVS_KEY_TOO_LONG";
        }
        if (json_is_string(value) && value.end - value.start - 2 > TEXT_BYTES_MAX) {
            return "ESP_ERROR_CHECK failed: ESP_ERR_NVS_VALUE_TOO_LONG";
        }
    }
    return NULL;
}

static void set_clock(int64_t local_seconds)
{
    struct tm date;
    time_t seconds = (time_t)local_seconds;
    date_set(local_seconds, "ota");
    gmtime_r(&seconds, &date);
    LOGD("fieldloop", "clock set time=%04d-%02d-%02dT%02d:%02d:%02dZ", date.tm_year + 1900, date.tm_mon + 1,
         date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec);
}

static int64_t within(int64_t value, int64_t most)
{
    return value > most ? most : value < -most ? -most : value;
}

/* The firmware adds the time zone's offset, cJSON's int of minutes: its clock holds local time. */
static void take_server_time(struct json found)
{
    struct json timestamp = json_member(found, "timestamp");
    if (!json_is_object(found)) {
        LOGW(TAG, "No server_time section found!");
        return;
    }
    if (json_is_integer(timestamp)) {
        int64_t minutes = within(json_integer(json_member(found, "timezone_offset"), 0), INT32_MAX);
        int64_t milliseconds = within(json_integer(timestamp, 0), MILLISECONDS_MAX) + minutes * 60000;
        set_clock(within(milliseconds, MILLISECONDS_MAX) / 1000);
    }
}

/* std::stoi of what stands between the dots; the number of parts, or -1 where it throws, which nobody catches. */
static int read_version(const char *text, long parts[PARTS_MAX], const char **thrown)
{
    int count = 0;
    while (*text != '\0' && count < PARTS_MAX) {
        char *end;
        parts[count] = strtol(text, &end, 10);
        if (end == text) {
            *thrown = "std::invalid_argument";
            return -1;
        }
        if (end - text > 10) {
            *thrown = "std::out_of_range";
            return -1;
        }
        count++;
        text = strchr(end, '.');
        text = text == NULL ? "" : text + 1;
    }
    return count;
}

static bool is_newer(const char *offered, const char *present, const char **thrown)
{
    long current[PARTS_MAX];
    long newer[PARTS_MAX];
    int current_count = read_version(present, current, thrown);
    int newer_count = current_count < 0 ? -1 : read_version(offered, newer, thrown);
    for (int i = 0; i < current_count && i < newer_count; i++) {
        if (newer[i] != current[i]) {
            return newer[i] > current[i];
        }
    }
    return newer_count > current_count;
}

static const char *take_firmware(struct told *told, struct json found)
{
    const char *thrown = NULL;
    struct json version = json_member(found, "version");
    struct json url = json_member(found, "url");
    told->new_version = false;
    if (!json_is_object(found)) {
        LOGW(TAG, "No firmware section found!");
        return NULL;
    }
    take_text(found, "version", told->version, sizeof told->version);
    take_text(found, "url", told->url, sizeof told->url);
    if (!json_is_string(version) || !json_is_string(url)) {
        return NULL;
    }
    bool newer = is_newer(told->version, slots_version(), &thrown);
    if (thrown != NULL) {
        return thrown;
    }
    if (newer) {
        LOGI(TAG, "New version available: %s", told->version);
    } else {
        LOGI(TAG, "Current is the latest version");
    }
    told->new_version = newer || json_integer(json_member(found, "force"), 0) == 1;
    return NULL;
}

static void take_activation(struct told *told, struct json found)
{
    told->has_code = json_is_string(json_member(found, "code"));
    told->has_challenge = json_is_string(json_member(found, "challenge"));
    take_text(found, "code", told->code, sizeof told->code);
    take_text(found, "challenge", told->challenge, sizeof told->challenge);
    take_text(found, "message", told->message, sizeof told->message);
}

const char *told_take(struct told *told, struct json answer)
{
    struct json mqtt = json_member(answer, "mqtt");
    struct json websocket = json_member(answer, "websocket");
    const char *error = NULL;
    take_activation(told, json_member(answer, "activation"));
    told->mqtt = json_is_object(mqtt);
    told->websocket = json_is_object(websocket);
    if (told->mqtt) {
        error = error_of(mqtt);
        take_mqtt(mqtt);
    } else {
        LOGI(TAG, "No mqtt section found !");
    }
    if (error == NULL && told->websocket) {
        error = error_of(websocket);
        take_websocket(websocket);
    } else if (error == NULL) {
        LOGI(TAG, "No websocket section found!");
    }
    if (error != NULL) {
        return error;
    }
    take_server_time(json_member(answer, "server_time"));
    return take_firmware(told, json_member(answer, "firmware"));
}

const char *told_offers(const struct told *told)
{
    return told->websocket ? told->mqtt ? "websocket+mqtt" : "websocket" : told->mqtt ? "mqtt" : "nothing";
}
