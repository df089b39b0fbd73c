#include "device/conversation.h"

#include <stdio.h>
#include <string.h>

#include "device/audio.h"
#include "device/mcp.h"
#include "device/state.h"
#include "device/things.h"
#include "device/turn.h"
#include "machine/log.h"
#include "machine/reset.h"
#include "settings/settings.h"

#define TEXT_BYTES_MAX 256

static const char APPLICATION[] = "Application";

static struct channel channel;
static struct server_hello hello;
static struct playback playback;
static bool awaits_speech; /* listening was announced and nobody has spoken since */

/* This build has none to tell of. */
__attribute__((weak)) void things_describe(const struct channel *opened, const char *session_id)
{
    (void)opened;
    (void)session_id;
}

void conversation_begin(const struct channel *opened, const struct server_hello *accepted)
{
    channel = *opened;
    hello = *accepted;
    awaits_speech = false;
    playback_start(&playback, hello.frame_milliseconds);
    if (hello.session_id[0] != '\0') {
        things_describe(&channel, hello.session_id);
    }
}

void conversation_renew(const struct server_hello *accepted)
{
    if (accepted->session_id[0] != '\0') {
        strcpy(hello.session_id, accepted->session_id);
    }
    hello.frame_milliseconds = accepted->frame_milliseconds;
}

static void send(const char *type, const char *state, const char *members)
{
    char json[SESSION_ID_BYTES + 128];
    snprintf(json, sizeof json, "{\"session_id\":\"%s\",\"type\":\"%s\"%s}", hello.session_id, type, members);
    wire_send_json(&channel, type, state, json);
}

static void listen(void)
{
    awaits_speech = true;
    state_enter(STATE_LISTENING);
    send("listen", "start", ",\"state\":\"start\",\"mode\":\"auto\"");
}

void conversation_abort(void)
{
    if (state_now() == STATE_SPEAKING) {
        send("abort", NULL, ",\"reason\":\"wake_word_detected\"");
    }
}

void conversation_talk(uint32_t speech_milliseconds)
{
    conversation_abort();
    turn_fail(CLOSED_BY_USER);
    if (state_now() != STATE_LISTENING || !awaits_speech) {
        listen();
    }
    awaits_speech = false;
    turn_begin(&channel, speech_milliseconds);
}

static void report_audio(void)
{
    if (playback.frames > 0 || playback.dropped > 0) {
        LOGD("fieldloop", "audio received frames=%lu bytes=%lu dropped=%lu", (unsigned long)playback.frames,
             (unsigned long)playback.bytes, (unsigned long)playback.dropped);
    }
    playback_start(&playback, hello.frame_milliseconds);
}

static void log_text(const char *arrow, struct json text)
{
    char copy[TEXT_BYTES_MAX];
    json_copy_string(text, copy, sizeof copy);
    LOGI(APPLICATION, "%s %s", arrow, copy);
}

static void take_tts(const struct message *message)
{
    turn_sign_of_reply();
    if (strcmp(message->state, "start") == 0) {
        if (state_now() == STATE_IDLE || state_now() == STATE_LISTENING) {
            state_enter(STATE_SPEAKING);
            turn_cut_off();
        }
    } else if (strcmp(message->state, "stop") == 0) {
        if (state_now() == STATE_SPEAKING) {
            report_audio();
            listen();
            turn_complete();
        }
    } else if (strcmp(message->state, "sentence_start") == 0) {
        log_text("<<", json_member(message->body, "text"));
    }
}

static void take_mcp(struct json payload)
{
    char answer[800];
    char json[SESSION_ID_BYTES + 864];
    if (json_is_object(payload) && mcp_answer(payload, answer, sizeof answer)) {
        snprintf(json, sizeof json, "{\"session_id\":\"%s\",\"type\":\"mcp\",\"payload\":%s}", hello.session_id, answer);
        wire_send_json(&channel, "mcp", NULL, json);
    }
}

static void take_system(struct json command)
{
    char name[32];
    json_copy_string(command, name, sizeof name);
    LOGI(APPLICATION, "System command: %s", name);
    if (strcmp(name, "reboot") == 0) {
        reset_board(RESET_SOFTWARE);
    }
    LOGW(APPLICATION, "Unknown system command: %s", name);
}

static void take_alert(struct json body)
{
    char status[64];
    char text[TEXT_BYTES_MAX];
    char emotion[32];
    struct json members[] = {json_member(body, "status"), json_member(body, "message"), json_member(body, "emotion")};
    if (!json_is_string(members[0]) || !json_is_string(members[1]) || !json_is_string(members[2])) {
        LOGW(APPLICATION, "Alert command requires status, message and emotion");
        return;
    }
    json_copy_string(members[0], status, sizeof status);
    json_copy_string(members[1], text, sizeof text);
    json_copy_string(members[2], emotion, sizeof emotion);
    LOGW(APPLICATION, "Alert [%s] %s: %s", emotion, status, text);
}

void conversation_take(const struct message *message)
{
    const char *type = message->type;
    if (strcmp(type, "tts") == 0) {
        take_tts(message);
    } else if (strcmp(type, "stt") == 0) {
        turn_sign_of_reply();
        log_text(">>", json_member(message->body, "text"));
    } else if (strcmp(type, "llm") == 0) {
        turn_sign_of_reply();
    } else if (strcmp(type, "mcp") == 0) {
        take_mcp(json_member(message->body, "payload"));
    } else if (strcmp(type, "system") == 0) {
        take_system(json_member(message->body, "command"));
    } else if (strcmp(type, "alert") == 0) {
        take_alert(message->body);
    } else {
        LOGW(APPLICATION, "Unknown message type: %s", type);
    }
}

void conversation_audio(int64_t opus_bytes)
{
    if (opus_bytes < 0 || state_now() != STATE_SPEAKING) {
        playback.dropped++;
        return;
    }
    playback_queue(&playback, (uint32_t)opus_bytes);
    turn_sign_of_reply();
    turn_audio_arrived();
}

void conversation_end(enum reason reason)
{
    report_audio();
    turn_fail(reason);
}
