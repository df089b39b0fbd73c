#include "device/turn.h"

#include "device/audio.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "settings/settings.h"

#define NEVER 0xffffffffu

static const char TAG[] = "fieldloop";

static struct {
    const struct channel *channel;
    bool on;
    bool speaking;
    bool heard; /* audio of the reply */
    uint32_t packets;
    uint32_t packets_sent;
    uint32_t bytes_sent;
    uint32_t started;
    uint32_t spoken; /* the end of speaking */
    uint32_t last_sign;
    uint32_t first_audio;
    uint32_t packets_cut; /* not sent, because the server began to answer */
} turn;

static uint32_t elapsed(void)
{
    return clock_milliseconds() - turn.started;
}

static void log_audio_sent(void)
{
    LOGD(TAG, "audio sent frames=%lu bytes=%lu", (unsigned long)turn.packets_sent, (unsigned long)turn.bytes_sent);
}

static void finish_speaking(void)
{
    if (turn.on && turn.speaking) {
        turn.speaking = false;
        turn.spoken = clock_milliseconds();
        turn.last_sign = turn.spoken;
        log_audio_sent();
    }
}

void turn_begin(const struct channel *channel, uint32_t speech_milliseconds)
{
    turn_fail(CLOSED_BY_USER);
    turn.channel = channel;
    turn.on = true;
    turn.speaking = true;
    turn.heard = false;
    turn.packets = (speech_milliseconds + AUDIO_FRAME_MILLISECONDS - 1) / AUDIO_FRAME_MILLISECONDS;
    turn.packets_sent = 0;
    turn.bytes_sent = 0;
    turn.packets_cut = 0;
    turn.started = clock_milliseconds();
    if (turn.packets == 0) {
        finish_speaking();
    }
}

/* A packet exists when its 60 ms have been recorded. */
static uint32_t poll_microphone(void)
{
    uint32_t due = (turn.packets_sent + 1) * AUDIO_FRAME_MILLISECONDS;
    if (elapsed() < due) {
        return due - elapsed();
    }
    const uint8_t *opus;
    size_t opus_bytes = audio_packet(turn.packets_sent, &opus);
    turn.channel->send_voice(turn.channel->transport, opus, opus_bytes);
    turn.bytes_sent += (uint32_t)opus_bytes;
    turn.packets_sent++;
    if (turn.packets_sent == turn.packets) {
        finish_speaking();
    }
    return 0;
}

uint32_t turn_poll(void)
{
    if (!turn.on) {
        return NEVER;
    }
    if (turn.speaking) {
        return poll_microphone();
    }
    uint32_t waited = clock_milliseconds() - turn.last_sign;
    uint32_t patience = settings.patience_seconds * 1000;
    if (waited < patience) {
        return patience - waited;
    }
    turn_fail(NO_REPLY);
    return NEVER;
}

void turn_cut_off(void)
{
    if (turn.on && turn.speaking) {
        turn.packets_cut = turn.packets - turn.packets_sent;
    }
    finish_speaking();
}

void turn_sign_of_reply(void)
{
    turn.last_sign = clock_milliseconds();
}

void turn_audio_arrived(void)
{
    if (turn.on && !turn.heard) {
        turn.heard = true;
        turn.first_audio = clock_milliseconds() - (turn.speaking ? turn.started : turn.spoken);
    }
}

void turn_complete(void)
{
    if (!turn.on) {
        return;
    }
    finish_speaking();
    turn.on = false;
    if (turn.packets_cut > 0) {
        LOGD(TAG, "turn interrupted elapsed-ms=%lu speech-cut-ms=%lu", (unsigned long)elapsed(),
             (unsigned long)turn.packets_cut * AUDIO_FRAME_MILLISECONDS);
    } else if (turn.heard) {
        LOGD(TAG, "turn completed elapsed-ms=%lu first-audio-ms=%lu", (unsigned long)elapsed(),
             (unsigned long)turn.first_audio);
    } else {
        LOGD(TAG, "turn completed elapsed-ms=%lu", (unsigned long)elapsed());
    }
}

void turn_fail(enum reason reason)
{
    if (!turn.on) {
        return;
    }
    turn.on = false;
    if (turn.speaking) {
        log_audio_sent();
    }
    LOGD(TAG, "turn failed reason=%s elapsed-ms=%lu", reason_name(reason), (unsigned long)elapsed());
}
