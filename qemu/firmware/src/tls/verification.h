/* What the device trusts, and what it checks of a server's certificate. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

struct verification {
    mbedtls_x509_crt root; /* empty: nothing is trusted */
    bool done;             /* the server's chain was looked at */
    uint32_t flags;        /* what was found */
    unsigned refusals;     /* heap_refusals() at the beginning: a check that had no memory says nothing */
};

void verification_init(struct verification *verification);

/* 0 or the mbedTLS code of an unreadable root. */
int verification_apply(struct verification *verification, mbedtls_ssl_config *config);
void verification_free(struct verification *verification);
