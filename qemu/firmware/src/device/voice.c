#include "device/voice.h"

#include <stdio.h>
#include <string.h>

#include "device/opus_clip.h"
#include "device/voice_meter.h"
#include "ip/dns.h"
#include "machine/big_endian.h"
#include "machine/log.h"
#include "mbedtls/aes.h"
#include "modem/modem.h"
#include "net/udp_socket.h"
#include "settings/settings.h"

#define HEADER_BYTES  16
#define LENGTH_AT     2
#define TIMESTAMP_AT  8
#define SEQUENCE_AT   12
#define TYPE_AUDIO    1
#define DATAGRAM_BYTES_MAX 1500

static const char TAG[] = "MQTT";
static const char FIELDLOOP[] = "fieldloop";

static struct {
    char server[128];
    uint16_t port;
    mbedtls_aes_context aes;
    uint8_t nonce[HEADER_BYTES];
    uint32_t sent;
    uint32_t last; /* sequence */
    struct voice_meter meter;
    struct udp_socket udp;
} voice;

/* With CTR encrypting and decrypting are the same. */
static void apply_keystream(const uint8_t header[HEADER_BYTES], const uint8_t *from, uint8_t *to, size_t count)
{
    uint8_t counter[HEADER_BYTES];
    uint8_t stream[HEADER_BYTES];
    size_t used = 0;
    memcpy(counter, header, sizeof counter);
    mbedtls_aes_crypt_ctr(&voice.aes, count, &used, counter, stream, from, to);
}

static bool read_sixteen_bytes(struct json text, uint8_t to[16])
{
    char digits[40];
    json_copy_string(text, digits, sizeof digits);
    return strlen(digits) == 32 && strspn(digits, "0123456789abcdefABCDEF") == 32 && settings_hex(digits, to, 16) == 16;
}

bool voice_take_offer(struct json udp)
{
    uint8_t key[16];
    uint8_t nonce[16];
    if (!json_is_object(udp)) {
        LOGE(TAG, "UDP is not specified");
        return false;
    }
    int64_t port = json_integer(json_member(udp, "port"), 0);
    if (!json_is_string(json_member(udp, "server")) || !json_is_string(json_member(udp, "key"))
        || !json_is_string(json_member(udp, "nonce")) || port <= 0 || port > 65535) {
        LOGE(TAG, "Invalid UDP server, port, key, or nonce");
        return false;
    }
    if (!read_sixteen_bytes(json_member(udp, "key"), key) || !read_sixteen_bytes(json_member(udp, "nonce"), nonce)) {
        LOGE(TAG, "Invalid AES key or nonce length");
        return false;
    }
    json_copy_string(json_member(udp, "server"), voice.server, sizeof voice.server);
    voice.port = (uint16_t)port;
    mbedtls_aes_setkey_enc(&voice.aes, key, 128);
    memcpy(voice.nonce, nonce, sizeof voice.nonce);
    voice.sent = 0;
    voice.last = 0;
    voice_meter_restart(&voice.meter);
    LOGD(FIELDLOOP, "voice keyed server=%s port=%u", voice.server, voice.port);
    return true;
}

bool voice_open(void)
{
    ip_addr_t address;
    voice_close();
    if (modem_has_sockets()) {
        return udp_socket_open_by_modem(&voice.udp, voice.server, voice.port);
    }
    if (!dns_resolve(voice.server, &address)) {
        LOGE("EspUdp", "Failed to get host by name");
        return false;
    }
    return udp_socket_open(&voice.udp, &address, voice.port);
}

/* The timestamp is zero, as without server-side echo cancellation. */
void voice_send(const uint8_t *opus, size_t count)
{
    uint8_t datagram[HEADER_BYTES + OPUS_CLIP_PACKET_BYTES_MAX];
    memcpy(datagram, voice.nonce, HEADER_BYTES);
    put_u16(datagram + LENGTH_AT, (uint32_t)count);
    put_u32(datagram + TIMESTAMP_AT, 0);
    put_u32(datagram + SEQUENCE_AT, ++voice.sent);
    apply_keystream(datagram, opus, datagram + HEADER_BYTES, count);
    voice.meter.sent++;
    udp_socket_send(&voice.udp, datagram, HEADER_BYTES + count);
}

static void refuse(const char *why, const uint8_t *header)
{
    char sequence[24] = "";
    if (header != NULL) {
        snprintf(sequence, sizeof sequence, " sequence=%lu", (unsigned long)get_u32(header + SEQUENCE_AT));
    }
    LOGD(FIELDLOOP, "voice refused why=%s%s", why, sequence);
}

/* Whether its header is one the device takes. */
static bool is_sound(const uint8_t *datagram, size_t size)
{
    if (size < HEADER_BYTES) {
        LOGE(TAG, "Invalid audio packet size: %u", (unsigned)size);
        refuse("too-short", NULL);
        return false;
    }
    if (datagram[0] != TYPE_AUDIO) {
        LOGE(TAG, "Invalid audio packet type: %x", datagram[0]);
        refuse("wrong-type", datagram);
        return false;
    }
    unsigned told = (unsigned)get_u16(datagram + LENGTH_AT);
    if (settings.profile->strict_voice && told != size - HEADER_BYTES) {
        LOGE(TAG, "Audio payload length mismatch: header=%u, datagram=%u", told, (unsigned)(size - HEADER_BYTES));
        refuse("length-mismatch", datagram);
        return false;
    }
    return true;
}

static bool is_new(const uint8_t *datagram)
{
    unsigned long sequence = get_u32(datagram + SEQUENCE_AT);
    unsigned long last = voice.last;
    bool strict = settings.profile->strict_voice;
    if (strict ? sequence > last : sequence >= last) {
        return true;
    }
    voice_meter_old(&voice.meter, sequence, get_u32(datagram + TIMESTAMP_AT));
    if (strict) {
        LOGW(TAG, "Received duplicate/old audio sequence: %lu, last: %lu", sequence, last);
    } else {
        LOGW(TAG, "Received audio packet with old sequence: %lu, expected: %lu", sequence, last);
    }
    refuse("old-sequence", datagram);
    return false;
}

static void take(const uint8_t *datagram)
{
    unsigned long sequence = get_u32(datagram + SEQUENCE_AT);
    unsigned long expected = (uint32_t)(voice.last + 1);
    if (sequence != expected) {
        LOGW(TAG, "Received audio packet with wrong sequence: %lu, expected: %lu", sequence, expected);
        if (sequence > expected) {
            LOGD(FIELDLOOP, "voice gap packets=%lu", sequence - expected);
        }
    }
    voice_meter_taken(&voice.meter, sequence, get_u32(datagram + TIMESTAMP_AT));
    voice.last = sequence;
}

/* A wrong key goes unnoticed: nothing authenticates a packet, and what comes out is handed to the decoder. */
int voice_receive(void)
{
    static uint8_t datagram[DATAGRAM_BYTES_MAX];
    static uint8_t opus[DATAGRAM_BYTES_MAX];
    for (;;) {
        int size = udp_socket_receive(&voice.udp, datagram, sizeof datagram);
        if (size < 0) {
            return -1;
        }
        size = size < DATAGRAM_BYTES_MAX ? size : DATAGRAM_BYTES_MAX;
        if (is_sound(datagram, (size_t)size) && is_new(datagram)) {
            take(datagram);
            apply_keystream(datagram, datagram + HEADER_BYTES, opus, (size_t)size - HEADER_BYTES);
            return size - HEADER_BYTES;
        }
    }
}

void voice_close(void)
{
    if (udp_socket_is_open(&voice.udp)) {
        udp_socket_close(&voice.udp);
        voice_meter_close(&voice.meter);
    }
}
