#include "device/audio.h"

#include <string.h>

#include "device/opus_clip.h"
#include "machine/big_endian.h"
#include "machine/clock.h"

#define HEADER_V2_BYTES   16
#define HEADER_V3_BYTES   4
#define QUEUE_PACKETS_MAX 40

static size_t write_header(uint8_t *to, int version, size_t opus_bytes)
{
    if (version == 2) {
        memset(to, 0, HEADER_V2_BYTES); /* type Opus, reserved, no timestamp */
        to[1] = 2;
        put_u32(to + 12, (uint32_t)opus_bytes);
        return HEADER_V2_BYTES;
    }
    if (version == 3) {
        put_u32(to, (uint32_t)opus_bytes); /* type Opus, reserved, 16-bit size */
        return HEADER_V3_BYTES;
    }
    return 0;
}

size_t audio_packet(uint32_t number, const uint8_t **opus)
{
    uint32_t place = number % OPUS_CLIP_PACKETS;
    *opus = opus_clip + opus_clip_starts[place];
    return opus_clip_starts[place + 1] - opus_clip_starts[place];
}

void audio_send_in_message(struct websocket *websocket, int version, const uint8_t *opus, size_t opus_bytes)
{
    uint8_t message[HEADER_V2_BYTES + OPUS_CLIP_PACKET_BYTES_MAX];
    size_t header = write_header(message, version, opus_bytes);
    memcpy(message + header, opus, opus_bytes);
    websocket_send(websocket, OPCODE_BINARY, message, header + opus_bytes);
}

int64_t audio_packet_bytes(int version, const uint8_t *bytes, size_t count)
{
    if (version == 2) {
        return count < HEADER_V2_BYTES ? -1 : (int64_t)get_u32(bytes + 12);
    }
    if (version == 3) {
        return count < HEADER_V3_BYTES ? -1 : bytes[2] << 8 | bytes[3];
    }
    return (int64_t)count;
}

void playback_start(struct playback *playback, uint32_t frame_milliseconds)
{
    memset(playback, 0, sizeof *playback);
    playback->frame_milliseconds = frame_milliseconds;
}

void playback_queue(struct playback *playback, uint32_t opus_bytes)
{
    uint64_t now = clock_microseconds();
    uint64_t frame = (uint64_t)playback->frame_milliseconds * 1000;
    if (playback->played_until < now) {
        playback->played_until = now;
    }
    if (playback->played_until - now > (QUEUE_PACKETS_MAX - 1) * frame) {
        playback->dropped++;
        return;
    }
    playback->played_until += frame;
    playback->frames++;
    playback->bytes += opus_bytes;
}
