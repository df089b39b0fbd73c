#include "tls/verification.h"

#include "machine/heap.h"
#include "machine/log.h"
#include "tls/tls.h"

#define DATE_FLAGS (MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE)

static const char TAG[] = "esp-x509-crt-bundle";

static const uint8_t *trusted_der;
static size_t trusted_bytes;
static bool dates_count;

void tls_trust(const uint8_t *root_der, size_t root_bytes, bool checks_dates)
{
    trusted_der = root_der;
    trusted_bytes = root_bytes;
    dates_count = checks_dates;
}

/* mbedTLS calls this from the top of the chain down to the server's own certificate, depth 0. */
static int on_certificate(void *argument, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    struct verification *verification = argument;
    (void)certificate;
    if (!dates_count) {
        *flags &= ~(uint32_t)DATE_FLAGS; /* a build without MBEDTLS_HAVE_TIME_DATE */
    }
    verification->flags |= *flags;
    if (depth == 0 && heap_refusals() == verification->refusals) {
        verification->done = true;
        if (verification->flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) {
            LOGE(TAG, "No matching trusted root certificate found");
            LOGE(TAG, "Failed to verify certificate");
        } else {
            LOGI(TAG, "Certificate validated");
        }
    }
    return 0;
}

void verification_init(struct verification *verification)
{
    mbedtls_x509_crt_init(&verification->root);
    verification->done = false;
    verification->flags = 0;
    verification->refusals = heap_refusals();
}

int verification_apply(struct verification *verification, mbedtls_ssl_config *config)
{
    if (trusted_bytes > 0) {
        int error = mbedtls_x509_crt_parse_der_nocopy(&verification->root, trusted_der, trusted_bytes);
        if (error != 0) {
            return error;
        }
    }
    mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_ca_chain(config, &verification->root, NULL);
    mbedtls_ssl_conf_verify(config, on_certificate, verification);
    return 0;
}

void verification_free(struct verification *verification)
{
    mbedtls_x509_crt_free(&verification->root);
}
