/* Opus packets: the stored clip the user says, their framing on the wire, and the queue to the loudspeaker. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/websocket.h"

#define AUDIO_FRAME_MILLISECONDS 60

/* The clip's packet of that number, the clip repeating, and its size. */
size_t audio_packet(uint32_t number, const uint8_t **opus);

/* Sends it with the header of that framing. */
void audio_send_in_message(struct websocket *websocket, int version, const uint8_t *opus, size_t opus_bytes);

/* The Opus bytes a binary message carries; negative when it is shorter than its header. The header's size is believed. */
int64_t audio_packet_bytes(int version, const uint8_t *bytes, size_t count);

/* The decode queue: 40 packets, played one per frame duration, overflow dropped in silence. */
struct playback {
    uint32_t frame_milliseconds;
    uint64_t played_until;
    uint32_t frames;
    uint32_t bytes;
    uint32_t dropped;
};

void playback_start(struct playback *playback, uint32_t frame_milliseconds);
void playback_queue(struct playback *playback, uint32_t opus_bytes);
