#include "device/update.h"

#include <stdio.h>
#include <string.h>

#include "device/http.h"
#include "device/slots.h"
#include "machine/clock.h"
#include "machine/log.h"

#define PAGE_BYTES      4096
#define DESCRIPTION_END 288
#define IMAGE_MAGIC     0xe9

static const char TAG[] = "Ota";

static struct {
    struct http http;
    uint8_t page[PAGE_BYTES];
    size_t page_bytes;
    uint32_t header_bytes;
    uint32_t total;
    uint32_t written;
    uint32_t recent;
    uint32_t said;
} update;

static bool fail(const char *why, const char *line)
{
    http_close(&update.http);
    LOGE(TAG, "%s", line);
    LOGD("fieldloop", "update failed why=%s bytes=%lu", why, (unsigned long)update.total);
    return false;
}

static bool open_download(const char *url)
{
    char line[64];
    if (http_open(&update.http, "GET", url, "", NULL) != HTTP_OPENED) {
        return fail("not-connected", "Failed to open HTTP connection");
    }
    int status = http_await_status(&update.http);
    if (status != 200) {
        snprintf(line, sizeof line, "Failed to get firmware, status code: %d", status);
        return fail("status", line);
    }
    return http_body_length(&update.http) > 0 || fail("no-length", "Failed to get content length");
}

/* The error esp_ota_write() gives, or NULL. */
static const char *write_page(void)
{
    if (update.header_bytes < DESCRIPTION_END) {
        LOGE("esp_ota_ops", "not found the handle");
        return "ESP_ERR_INVALID_ARG";
    }
    if (update.written == 0 && update.page[0] != IMAGE_MAGIC) {
        LOGE("esp_ota_ops", "OTA image has invalid magic byte (expected 0xE9, saw 0x%x)", update.page[0]);
        return "ESP_ERR_OTA_VALIDATE_FAILED";
    }
    if (update.written + update.page_bytes > slots_other_bytes()) {
        return "ESP_ERR_INVALID_SIZE";
    }
    memset(update.page + update.page_bytes, 0xff, sizeof update.page - update.page_bytes);
    slots_write(update.written, update.page, (update.page_bytes + 3) / 4 * 4);
    update.written += update.page_bytes;
    update.page_bytes = 0;
    return NULL;
}

/* It counts what is in its page anew with every read until it has seen 288 bytes, and does not begin to write before. */
static const char *take(struct byte_buffer *body, bool last)
{
    const char *error = NULL;
    do {
        size_t room = PAGE_BYTES - update.page_bytes;
        size_t count = body->used < room ? body->used : room;
        memcpy(update.page + update.page_bytes, body->bytes, count);
        byte_buffer_drop(body, count);
        update.page_bytes += count;
        update.total += count;
        update.recent += count;
        update.header_bytes += update.header_bytes < DESCRIPTION_END ? update.page_bytes : 0;
        if (update.page_bytes == PAGE_BYTES || (last && update.page_bytes > 0)) {
            error = write_page();
        }
    } while (error == NULL && body->used > 0);
    return error;
}

static void say_progress(bool last)
{
    uint32_t length = http_body_length(&update.http);
    if (last || clock_milliseconds() - update.said >= 1000) {
        LOGI(TAG, "Progress: %lu%% (%lu/%lu), Speed: %luB/s", (unsigned long)((uint64_t)update.total * 100 / length),
             (unsigned long)update.total, (unsigned long)length, (unsigned long)update.recent);
        update.said = clock_milliseconds();
        update.recent = 0;
    }
}

static bool download(void)
{
    char line[64];
    for (;;) {
        int count = http_read(&update.http);
        if (count < 0) {
            return fail("read", "Failed to read HTTP data: ESP_FAIL");
        }
        const char *error = take(&update.http.reader.body, count == 0);
        say_progress(count == 0);
        if (error != NULL) {
            snprintf(line, sizeof line, "Failed to write OTA data: %s", error);
            return fail("write", line);
        }
        if (count == 0) {
            return true;
        }
    }
}

bool update_run(const char *url)
{
    char version[SLOT_VERSION_BYTES];
    memset(&update, 0, sizeof update);
    LOGI(TAG, "Upgrading firmware from %s", url);
    LOGI(TAG, "Writing to partition %s at offset 0x%lx", slots_other(), (unsigned long)slots_other_offset());
    update.said = clock_milliseconds();
    if (!open_download(url) || !download()) {
        return false;
    }
    if (!slots_other_is_valid(update.written)) {
        return fail("validation", "Image validation failed, image is corrupted");
    }
    http_close(&update.http);
    slots_install(version);
    LOGI(TAG, "Firmware upgrade successful");
    LOGD("fieldloop", "update installed version=%s partition=%s", version, slots_other());
    return true;
}
