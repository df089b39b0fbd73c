/* Random numbers: CTR-DRBG over the board's entropy, or over the seed setting where the board has none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* seed may be empty; salt tells apart what would otherwise draw the same numbers: devices and boots. */
void random_start(const uint8_t *seed, size_t seed_bytes, const void *salt, size_t salt_bytes);

/* Whether the numbers are good enough for TLS. */
bool random_is_seeded(void);

void random_bytes(void *bytes, size_t count);
uint32_t random_u32(void);

/* For mbedTLS: f_rng. */
int random_for_tls(void *unused, unsigned char *bytes, size_t count);
