package io.fieldloop.device.tls;

/** What a TLS client does with the server's certificate. */
public enum Verification {
    /** Accepts any certificate, as 4G modems do that are told {@code auth 0} or {@code seclevel 0} (protocol reference 4.7). */
    NONE,
    /** Wants a chain to a trust anchor and the host's name in the leaf; dates only when asked for. */
    CHAIN_AND_NAME,
    /**
     * The same by ESP-IDF's certificate bundle, which is asked for the issuer of the last certificate sent and for no other: what it does
     * not know ends in -0x3000 ({@code esp_crt_verify_callback}).
     */
    BUNDLE,
    /**
     * The same with CONFIG_MBEDTLS_CERTIFICATE_BUNDLE_CROSS_SIGNED_VERIFY, which is asked at each certificate of the chain (esp-idf #18674).
     */
    CROSS_SIGNED_BUNDLE
}
