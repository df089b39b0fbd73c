/* One handshake: HOST PORT CA|- [CERTIFICATE KEY]. Prints "ok" or the code, and after "ok" the code of a read that fails. "-" verifies nothing. */
#include <mbedtls/version.h>
#if MBEDTLS_VERSION_MAJOR < 4 /* since then all chance is PSA's */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context chance;
#endif
#include <mbedtls/net_sockets.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#if MBEDTLS_VERSION_MAJOR >= 3
#include <psa/crypto.h>
#endif
#include <stdio.h>
#include <string.h>

static mbedtls_net_context net;
static mbedtls_ssl_context tls;
static mbedtls_ssl_config config;
static mbedtls_x509_crt authority, own;
static mbedtls_pk_context key;

static int parse_key(const char *file) {
#if MBEDTLS_VERSION_MAJOR == 3
    return mbedtls_pk_parse_keyfile(&key, file, NULL, mbedtls_ctr_drbg_random, &chance);
#else
    return mbedtls_pk_parse_keyfile(&key, file, NULL);
#endif
}

int main(int count, char **args) {
    if (count != 4 && count != 6) return 2;
#if MBEDTLS_VERSION_MAJOR >= 3
    if (psa_crypto_init() != PSA_SUCCESS) return 2;
#endif
    mbedtls_net_init(&net);
#if MBEDTLS_VERSION_MAJOR < 4
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&chance);
    if (mbedtls_ctr_drbg_seed(&chance, mbedtls_entropy_func, &entropy, NULL, 0) != 0) return 2;
#endif
    mbedtls_ssl_init(&tls);
    mbedtls_ssl_config_init(&config);
    mbedtls_x509_crt_init(&authority);
    mbedtls_x509_crt_init(&own);
    mbedtls_pk_init(&key);
    int verifies = strcmp(args[3], "-") != 0;
    if (mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0) return 2;
#if MBEDTLS_VERSION_MAJOR < 4
    mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &chance);
#endif
    mbedtls_ssl_conf_authmode(&config, verifies ? MBEDTLS_SSL_VERIFY_REQUIRED : MBEDTLS_SSL_VERIFY_NONE);
    if (verifies) {
        if (mbedtls_x509_crt_parse_file(&authority, args[3]) != 0) return 2;
        mbedtls_ssl_conf_ca_chain(&config, &authority, NULL);
    }
    if (count == 6) {
        if (mbedtls_x509_crt_parse_file(&own, args[4]) != 0 || parse_key(args[5]) != 0) return 2;
        mbedtls_ssl_conf_own_cert(&config, &own, &key);
    }
    if (mbedtls_ssl_setup(&tls, &config) != 0 || mbedtls_ssl_set_hostname(&tls, args[1]) != 0
        || mbedtls_net_connect(&net, "127.0.0.1", args[2], MBEDTLS_NET_PROTO_TCP) != 0) return 2;
    mbedtls_ssl_set_bio(&tls, &net, mbedtls_net_send, mbedtls_net_recv, NULL);
    int result = mbedtls_ssl_handshake(&tls);
    if (result != 0) {
        printf("-0x%04X\n", -result);
        return 0;
    }
    const char *request = "GET / HTTP/1.1\r\nHost: gateway.test\r\n\r\n";
    unsigned char answer[512];
    mbedtls_ssl_write(&tls, (const unsigned char *) request, strlen(request));
    do result = mbedtls_ssl_read(&tls, answer, sizeof answer);
    while (result == -0x7B00 || result == MBEDTLS_ERR_SSL_WANT_READ); /* a session ticket of TLS 1.3; to mbedTLS 4 the latter */
    if (result < 0 && result != MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) printf("ok then -0x%04X\n", -result);
    else printf("ok\n");
    return 0;
}
