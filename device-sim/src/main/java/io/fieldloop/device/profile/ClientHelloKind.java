package io.fieldloop.device.profile;

/** Which TLS client a profile has; the ClientHello itself is the TLS package's subject. */
public enum ClientHelloKind {
    /** mbedTLS as ESP-IDF 5 builds it: TLS 1.2 only, 59 suites (measured). */
    ESP_IDF_5,
    /** The TLS stack inside a 4G modem, set to verify nothing. */
    MODEM,
    /** A current general-purpose client: TLS 1.2 and 1.3. */
    MODERN
}
