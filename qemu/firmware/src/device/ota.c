#include "device/ota.h"

#include <stdio.h>
#include <string.h>

#include "device/loop.h"
#include "device/settings.h"
#include "machine/board.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "machine/store.h"
#include "net/network.h"
#include "web/http.h"
#include "web/json.h"

#define TRIES                   10
#define FIRST_PAUSE_SECONDS     10
#define URL_BYTES_MIN           10

static const char TAG[] = "Ota";

/* The websocket section as it is stored. */
struct section {
    char url[sizeof settings.url];
    char token[sizeof settings.token];
    int32_t version;
};

static void apply(const struct section *section)
{
    strcpy(settings.url, section->url);
    strcpy(settings.token, section->token);
    settings.version = section->version == 0 ? 1 : section->version;
}

void ota_recall(void)
{
    struct section section;
    if (settings.ota_url[0] != '\0' && store_read(STORE_WEBSOCKET, &section, sizeof section) == sizeof section) {
        apply(&section);
    }
}

/* A key that is missing keeps its value. */
static void take_websocket(struct json found)
{
    struct section section;
    memset(&section, 0, sizeof section);
    strcpy(section.url, settings.url);
    strcpy(section.token, settings.token);
    if (!json_is_object(found)) {
        LOGI(TAG, "No websocket section found!");
        return;
    }
    if (json_is_string(json_member(found, "url"))) {
        json_copy_string(json_member(found, "url"), section.url, sizeof section.url);
    }
    if (json_is_string(json_member(found, "token"))) {
        json_copy_string(json_member(found, "token"), section.token, sizeof section.token);
    }
    section.version = (int32_t)json_integer(json_member(found, "version"), settings.version);
    apply(&section);
    store_write(STORE_WEBSOCKET, &section, sizeof section);
}

/* The firmware adds the time zone's offset: its clock holds local time. */
static void take_server_time(struct json found)
{
    int64_t milliseconds = json_integer(json_member(found, "timestamp"), 0);
    int64_t minutes = json_integer(json_member(found, "timezone_offset"), 0);
    if (milliseconds > 0) {
        clock_set_date(milliseconds / 1000 + minutes * 60, "ota");
    }
}

static void write_headers(char *to, size_t room)
{
    snprintf(to, room,
             "Activation-Version: 1\r\nDevice-Id: %s\r\nClient-Id: %s\r\nUser-Agent: fieldloop-%s/1.0.0\r\n"
             "Accept-Language: en-US\r\nContent-Type: application/json\r\n",
             settings.device_id, settings.client_id, board_name);
}

static void write_system_info(char *to, size_t room)
{
    snprintf(to, room,
             "{\"version\":2,\"language\":\"en-US\",\"flash_size\":4194304,\"minimum_free_heap_size\":\"%u\","
             "\"mac_address\":\"%s\",\"uuid\":\"%s\",\"chip_model_name\":\"%s\","
             "\"chip_info\":{\"model\":1,\"cores\":1,\"revision\":0,\"features\":0},"
             "\"application\":{\"name\":\"fieldloop\",\"version\":\"1.0.0\"},\"partition_table\":[],"
             "\"ota\":{\"label\":\"ota_0\"},\"board\":{\"type\":\"fieldloop-%s\",\"name\":\"fieldloop-%s\","
             "\"ip\":\"%s\",\"mac\":\"%s\"}}",
             (unsigned)heap_low_bytes(), settings.device_id, settings.client_id, board_name, board_name, board_name,
             network_address(), settings.device_id);
}

static bool check_once(void)
{
    static char headers[512];
    static char body[1024];
    struct http_answer answer;
    write_headers(headers, sizeof headers);
    write_system_info(body, sizeof body);
    bool answered = http_post(settings.ota_url, headers, body, &answer);
    bool usable = answered && answer.status == 200;
    if (answer.error != 0) {
        LOGE(TAG, "Failed to open HTTP connection, code=0x%x", (unsigned)answer.error);
    } else if (!usable) {
        LOGE(TAG, "Failed to check version, status code: %d", answered ? answer.status : -1);
    } else {
        struct json config = json_parse((const char *)answer.body.bytes, answer.body.used);
        usable = json_is_object(config);
        if (usable) {
            take_websocket(json_member(config, "websocket"));
            take_server_time(json_member(config, "server_time"));
        } else {
            LOGE(TAG, "Failed to parse JSON response");
        }
    }
    http_free(&answer);
    return usable;
}

static void wait_seconds(unsigned seconds)
{
    uint32_t start = clock_milliseconds();
    while (clock_milliseconds() - start < seconds * 1000 && !loop_is_cancelled()) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
}

void ota_check(void)
{
    unsigned seconds = FIRST_PAUSE_SECONDS;
    if (strlen(settings.ota_url) < URL_BYTES_MIN) {
        LOGE(TAG, "Check version URL is not properly set");
        return;
    }
    for (int i = 1; !check_once(); i++) {
        if (i == TRIES || loop_is_cancelled()) {
            LOGE("Application", "Too many retries, exit version check");
            return;
        }
        LOGW("Application", "Check new version failed, retry in %u seconds (%d/%d)", seconds, i, TRIES);
        wait_seconds(seconds);
        seconds *= 2;
    }
}
