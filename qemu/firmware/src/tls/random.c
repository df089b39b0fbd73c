#include "tls/random.h"

#include <string.h>

#include "machine/board.h"
#include "machine/cpu.h"
#include "machine/trap.h"
#include "mbedtls/ctr_drbg.h"
#include "mbedtls/sha256.h"

#define SEED_BYTES_MIN 16

static mbedtls_ctr_drbg_context generator;
static uint8_t seed_digest[32];
static uint32_t draws;
static bool seeded;

/* Without a source of the board's own: SHA-256 of the seed and a counter, so that one seed repeats one run. */
static int entropy(void *unused, unsigned char *bytes, size_t count)
{
    (void)unused;
    if (board_entropy(bytes, count)) {
        return 0;
    }
    while (count > 0) {
        uint8_t input[sizeof seed_digest + sizeof draws];
        uint8_t block[32];
        memcpy(input, seed_digest, sizeof seed_digest);
        memcpy(input + sizeof seed_digest, &draws, sizeof draws);
        draws++;
        mbedtls_sha256_ret(input, sizeof input, block, 0);
        size_t part = count < sizeof block ? count : sizeof block;
        memcpy(bytes, block, part);
        bytes += part;
        count -= part;
    }
    return 0;
}

void random_start(const uint8_t *seed, size_t seed_bytes, const void *salt, size_t salt_bytes)
{
    uint8_t probe[4];
    uint32_t unseeded = cpu_cycles();
    seeded = seed_bytes >= SEED_BYTES_MIN || board_entropy(probe, sizeof probe);
    mbedtls_sha256_ret(seed_bytes > 0 ? seed : (const uint8_t *)&unseeded, seed_bytes > 0 ? seed_bytes : sizeof unseeded,
                       seed_digest, 0);
    mbedtls_ctr_drbg_init(&generator);
    if (mbedtls_ctr_drbg_seed(&generator, entropy, NULL, salt, salt_bytes) != 0) {
        panic_abort("random: no heap for the generator");
    }
}

bool random_is_seeded(void)
{
    return seeded;
}

int random_for_tls(void *unused, unsigned char *bytes, size_t count)
{
    (void)unused;
    while (count > 0) {
        size_t part = count < MBEDTLS_CTR_DRBG_MAX_REQUEST ? count : MBEDTLS_CTR_DRBG_MAX_REQUEST;
        int error = mbedtls_ctr_drbg_random(&generator, bytes, part);
        if (error != 0) {
            return error;
        }
        bytes += part;
        count -= part;
    }
    return 0;
}

void random_bytes(void *bytes, size_t count)
{
    if (random_for_tls(NULL, bytes, count) != 0) {
        panic_abort("random: generator failed");
    }
}

uint32_t random_u32(void)
{
    uint32_t value;
    random_bytes(&value, sizeof value);
    return value;
}
