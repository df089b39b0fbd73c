#include "device/activation.h"

#include <stdio.h>
#include <string.h>

#include "device/http.h"
#include "device/ota_request.h"
#include "device/state.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "settings/settings.h"

#define TRIES           10
#define PENDING_SECONDS 3
#define REFUSED_SECONDS 10

static const char TAG[] = "Ota";

/* The status, 0 where there was no answer. */
static int ask(const char *challenge)
{
    static char url[sizeof settings.ota_url + 12];
    struct http http;
    size_t length = strlen(settings.ota_url);
    bool slash = length > 0 && settings.ota_url[length - 1] == '/';
    snprintf(url, sizeof url, "%s%sactivate", settings.ota_url, slash ? "" : "/");
    int status = 0;
    if (http_open(&http, "POST", url, ota_request_headers(), ota_request_proof(challenge)) != HTTP_OPENED) {
        LOGE(TAG, "Failed to open HTTP connection");
    } else {
        status = http_await_status(&http);
        if (status == 200) {
            LOGI(TAG, "Activation successful");
        } else if (status != 202) {
            bool read = http_read_all(&http);
            LOGE(TAG, "Failed to activate, code: %d, body: %.*s", status, read ? (int)http.reader.body.used : 0,
                 (const char *)http.reader.body.bytes);
        }
    }
    http_close(&http);
    return status;
}

static void log_tried(int number, const char *outcome, int status)
{
    char text[24] = "";
    if (status != 0) {
        snprintf(text, sizeof text, " status=%d", status);
    }
    LOGD("fieldloop", "activation tried attempt=%d outcome=%s%s", number, outcome, text);
}

void activation_run(const char *challenge)
{
    for (int i = 1; i <= TRIES && !loop_is_cancelled(); i++) {
        int status = 0;
        LOGI("Application", "Activating... %d/%d", i, TRIES);
        if (challenge == NULL) {
            LOGW(TAG, "No activation challenge found");
            log_tried(i, "no-challenge", 0);
        } else {
            status = ask(challenge);
            log_tried(i, status == 200 ? "activated" : status == 202 ? "pending" : "refused", status);
        }
        if (status == 200) {
            return;
        }
        loop_wait(status == 202 ? PENDING_SECONDS * 1000 : REFUSED_SECONDS * 1000);
        if (state_now() == STATE_IDLE) {
            return;
        }
    }
}
