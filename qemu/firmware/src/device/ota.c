#include "device/ota.h"

#include <stdio.h>
#include <string.h>

#include "device/activation.h"
#include "device/http.h"
#include "device/ota_request.h"
#include "device/slots.h"
#include "device/state.h"
#include "device/told.h"
#include "device/update.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "machine/reset.h"
#include "machine/trap.h"
#include "settings/kept.h"
#include "settings/settings.h"

#define CHECKS_MAX         10
#define FIRST_WAIT_SECONDS 10
#define URL_BYTES_MIN      10
#define ALERT_MILLISECONDS 3000

#define INVALID_ARGUMENT 0x102 /* ESP_ERR_INVALID_ARG */
#define INVALID_RESPONSE 0x108 /* ESP_ERR_INVALID_RESPONSE */

static const char TAG[] = "Ota";
static const char APPLICATION[] = "Application";
static const char FIELDLOOP[] = "fieldloop";

static struct told told;

static void alert(const char *icon, const char *text)
{
    LOGW(APPLICATION, "Alert [%s] %s", icon, text);
}

static int fail(const char *why, int code, uint32_t began)
{
    LOGD(FIELDLOOP, "ota check failed why=%s code=%d elapsed-ms=%lu", why, code,
         (unsigned long)(clock_milliseconds() - began));
    return code;
}

static int take_body(struct http *http, uint32_t began)
{
    struct json answer = {NULL, NULL};
    if (http_read_all(http)) {
        const char *text = (const char *)http->reader.body.bytes;
        answer = json_parse(text, http->reader.body.used == 0 ? 0 : strnlen(text, http->reader.body.used));
    }
    if (answer.start == NULL) {
        LOGE(TAG, "Failed to parse JSON response");
        return fail("not-json", INVALID_RESPONSE, began);
    }
    char firmware[sizeof told.version + 16] = "";
    const char *abort = told_take(&told, answer);
    if (told.new_version) {
        snprintf(firmware, sizeof firmware, " firmware=%s", told.version);
    }
    LOGD(FIELDLOOP, "ota checked elapsed-ms=%lu offers=%s activation=%d%s",
         (unsigned long)(clock_milliseconds() - began), told_offers(&told), told.has_code || told.has_challenge, firmware);
    if (abort != NULL) {
        LOGD(FIELDLOOP, "aborted why=%s", abort);
        panic_abort(abort);
    }
    return 0;
}

static int exchange(struct http *http, uint32_t began)
{
    int code = http_open(http, "POST", settings.ota_url, ota_request_headers(), ota_request_system_info());
    if (code != HTTP_OPENED) {
        LOGE(TAG, "Failed to open HTTP connection, code=0x%x", (unsigned)code);
        return fail(http->failure == INVALID_URL        ? "url-unusable"
                    : http->failure == CONNECTION_BROKE ? "not-sent"
                                                        : "not-connected",
                    code, began);
    }
    int status = http_await_status(http);
    if (status != 200) {
        LOGE(TAG, "Failed to check version, status code: %d", status);
        return fail(status < 0 ? "no-status" : "status", status, began);
    }
    return take_body(http, began);
}

/* 0 where the firmware takes it for success, an answer or not. */
static int check(int number)
{
    struct http http;
    uint32_t began = clock_milliseconds();
    LOGD(FIELDLOOP, "ota check began attempt=%d url=%s", number, settings.ota_url);
    LOGI(TAG, "Current version: %s", slots_version());
    if (strlen(settings.ota_url) < URL_BYTES_MIN) {
        LOGE(TAG, "Check version URL is not properly set");
        return fail("url-unusable", INVALID_ARGUMENT, began);
    }
    int code = exchange(&http, began);
    http_close(&http);
    return code;
}

/* Looked at every second, and over as soon as the device is then idle. */
static void wait_polled(unsigned seconds)
{
    for (unsigned i = 0; i < seconds && !loop_is_cancelled(); i++) {
        loop_wait(1000);
        if (state_now() == STATE_IDLE) {
            return;
        }
    }
}

static bool check_until_answered(void)
{
    unsigned seconds = FIRST_WAIT_SECONDS;
    for (int failures = 1;; failures++) {
        int code = check(failures);
        if (code == 0) {
            return true;
        }
        if (failures == CHECKS_MAX || loop_is_cancelled()) {
            LOGE(APPLICATION, "Too many retries, exit version check");
            LOGD(FIELDLOOP, "ota given up attempts=%d", failures);
            return false;
        }
        LOGW(APPLICATION, "Alert [cloud_off] Error: Check for new version failed, will retry in %u seconds: code=%d, url=%s",
             seconds, code, settings.ota_url);
        LOGW(APPLICATION, "Check new version failed, retry in %u seconds (%d/%d)", seconds, failures, CHECKS_MAX);
        LOGD(FIELDLOOP, "ota retry scheduled in-ms=%u", state_now() == STATE_IDLE ? 1000 : seconds * 1000);
        wait_polled(seconds);
        seconds *= 2;
    }
}

static void upgrade(void)
{
    LOGI(APPLICATION, "Starting firmware upgrade from URL: %s", told.url);
    alert("download", "OTA Upgrade: System is upgrading...");
    LOGD(FIELDLOOP, "update began version=%s url=%s", told.version, told.url);
    loop_wait(ALERT_MILLISECONDS);
    state_enter(STATE_UPGRADING);
    loop_wait(1000);
    if (update_run(told.url)) {
        LOGI(APPLICATION, "Firmware upgrade successful, rebooting...");
        loop_wait(1000);
        reset_board(RESET_SOFTWARE);
    }
    LOGE(APPLICATION, "Firmware upgrade failed, restarting audio service and continuing operation...");
    alert("cancel", "Error: Upgrade failed");
    loop_wait(ALERT_MILLISECONDS);
}

/* The running image has seen its server: only now is it marked valid. */
static void settle(void)
{
    LOGI(TAG, "Running partition: %s", slots_running());
    if (slots_on_trial()) {
        LOGI(TAG, "Marking firmware as valid");
        slots_mark_valid();
    }
}

/* False where the device was activated, or tried to be, and asks again. */
static bool is_bound(void)
{
    if (!told.has_code && !told.has_challenge) {
        return true;
    }
    if (told.has_code) {
        for (char *at = told.message; *at != '\0'; at++) {
            *at = *at == '\n' ? ' ' : *at;
        }
        LOGW(APPLICATION, "Alert [link] Activation: %s", told.message);
        LOGD(FIELDLOOP, "activation shown code=%s", told.code);
    }
    activation_run(told.has_challenge ? told.challenge : NULL);
    return loop_is_cancelled();
}

static void choose_protocol(void)
{
    bool known = told.mqtt || told.websocket;
    settings.speaks_mqtt = told.mqtt || !told.websocket;
    if (!known) {
        LOGW(APPLICATION, "No protocol specified in the OTA config, using MQTT");
    }
    LOGD(FIELDLOOP, "protocol chosen protocol=%s told=%d", settings.speaks_mqtt ? "mqtt" : "websocket", known);
}

void ota_run(void)
{
    memset(&told, 0, sizeof told);
    kept_recall();
    LOGI(APPLICATION, "Network connected");
    state_enter(STATE_ACTIVATING);
    while (check_until_answered()) {
        if (told.new_version) {
            upgrade();
        }
        settle();
        if (is_bound()) {
            break;
        }
    }
    choose_protocol();
}
