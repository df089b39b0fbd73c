/* What went wrong with an attempt, and how the client library puts it on the console. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "client/profile.h"
#include "client/reason.h"

struct fault {
    enum reason reason;
    enum phase phase;
    const char *host;
    uint16_t port;
    bool over_tls;
    bool tls_set_up;    /* mbedtls_ssl_setup had succeeded */
    int tls_code;       /* of mbedTLS, 0 or negative */
    uint32_t tls_flags; /* mbedtls_x509_crt_verify */
    bool by_modem;      /* the connection is one of the modem's */
    int modem_error;    /* its number for an opening that it refused */
    int status;         /* HTTP status, or return code of the CONNACK, 0 when there was none */
};

/* The lines of the device's client library for a failed attempt (protocol reference 5). */
void fault_log(const struct profile *profile, const struct fault *fault);

/* The lines of the layers below every client, and the error that the client above gets. */
int fault_log_connect(const struct fault *fault);

/* The same of the library that xiaozhi-esp32 uses, where its client is not MQTT. */
int fault_log_xiaozhi_connect(const struct fault *fault);

/* The fieldloop line that ends every failed attempt. */
void fault_log_refusal(const struct fault *fault, uint32_t elapsed_milliseconds);

/* The lines of a broken connection: code is mbedTLS's, or 0 for plain TCP. */
void fault_log_loss(const struct profile *profile, bool over_tls, int code);
