#include "device/wire.h"

#include <stdio.h>
#include <string.h>

#include "device/audio.h"
#include "machine/log.h"
#include "settings/settings.h"

#define LOGGED_BYTES_MAX 200

static const char WS[] = "WS";
static const char FIELDLOOP[] = "fieldloop";

static void log_message(const char *direction, const char *type, const char *state)
{
    if (state != NULL && state[0] != '\0') {
        LOGD(FIELDLOOP, "%s type=%s state=%s", direction, type, state);
    } else {
        LOGD(FIELDLOOP, "%s type=%s", direction, type);
    }
}

static bool send_text(void *websocket, const char *json)
{
    bool sent = websocket_send(websocket, OPCODE_TEXT, json, strlen(json));
    if (!sent) {
        LOGE(WS, "Failed to send text: %s", json);
    }
    return sent;
}

static void send_voice(void *websocket, const uint8_t *opus, size_t count)
{
    audio_send_in_message(websocket, (int)settings.version, opus, count);
}

struct channel wire_over_websocket(struct websocket *websocket)
{
    return (struct channel){send_text, send_voice, websocket};
}

bool wire_send_json(const struct channel *channel, const char *type, const char *state, const char *json)
{
    bool sent = channel->send_text(channel->transport, json);
    if (sent) {
        log_message("sent", type, state);
    }
    return sent;
}

enum wire_reading wire_parse(const uint8_t *bytes, size_t count, struct message *message)
{
    message->body = json_parse((const char *)bytes, count);
    struct json type = json_member(message->body, "type");
    if (!json_is_string(type)) {
        return message->body.start == NULL ? WIRE_NO_JSON : WIRE_NO_TYPE;
    }
    json_copy_string(type, message->type, sizeof message->type);
    json_copy_string(json_member(message->body, "state"), message->state, sizeof message->state);
    log_message("received", message->type, message->state);
    return WIRE_MESSAGE;
}

bool wire_read(const uint8_t *bytes, size_t count, struct message *message)
{
    bool read = wire_parse(bytes, count, message) == WIRE_MESSAGE;
    if (!read) {
        int shown = count < LOGGED_BYTES_MAX ? (int)count : LOGGED_BYTES_MAX;
        LOGE(WS, "Missing message type, data: %.*s", shown, (const char *)bytes);
    }
    return read;
}

void wire_take_hello(const struct message *message, struct server_hello *hello)
{
    struct json audio = json_member(message->body, "audio_params");
    json_copy_string(json_member(message->body, "session_id"), hello->session_id, sizeof hello->session_id);
    int64_t milliseconds = json_integer(json_member(audio, "frame_duration"), 60);
    hello->frame_milliseconds = milliseconds < 1 ? 1 : (uint32_t)milliseconds;
}

bool wire_accept_hello(const struct message *message, struct server_hello *hello)
{
    struct json transport = json_member(message->body, "transport");
    if (!json_equals(transport, "websocket")) {
        char named[32];
        json_copy_string(transport, named, sizeof named);
        LOGE(WS, "Unsupported transport: %s", json_is_string(transport) ? named : "(null)");
        return false;
    }
    wire_take_hello(message, hello);
    if (hello->session_id[0] != '\0') {
        LOGI(WS, "Session ID: %s", hello->session_id);
    }
    return true;
}

void wire_send_hello(struct websocket *websocket)
{
    char json[256];
    snprintf(json, sizeof json,
             "{\"type\":\"hello\",\"version\":%d,\"features\":{\"mcp\":true},\"transport\":\"websocket\","
             "\"audio_params\":{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}",
             (int)settings.version);
    struct channel channel = wire_over_websocket(websocket);
    wire_send_json(&channel, "hello", NULL, json);
}
