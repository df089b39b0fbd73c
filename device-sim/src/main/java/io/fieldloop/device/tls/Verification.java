package io.fieldloop.device.tls;

/** What a TLS client does with the server's certificate. */
public enum Verification {
    /** Accepts any certificate, as 4G modems do that are told {@code auth 0} or {@code seclevel 0} (protocol reference 4.7). */
    NONE,
    /** Wants a chain to a trust anchor and the host's name in the leaf; dates only when asked for. */
    CHAIN_AND_NAME
}
