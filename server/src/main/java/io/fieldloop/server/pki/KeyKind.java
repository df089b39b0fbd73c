package io.fieldloop.server.pki;

import org.jspecify.annotations.Nullable;

/** The key pairs a certificate may carry. */
public enum KeyKind {
    P256("secp256r1", 0),
    P384("secp384r1", 0),
    P521("secp521r1", 0),
    P224("secp224r1", 0),
    BRAINPOOL_P256("brainpoolP256r1", 0),
    ED25519(null, 0),
    /** Signs certificates with PKCS#1 v1.5 and SHA-256. */
    RSA_2048(null, 2048),
    RSA_4096(null, 4096);

    private final @Nullable String curve;
    private final int modulusBits;

    KeyKind(@Nullable String curve, int modulusBits) {
        this.curve = curve;
        this.modulusBits = modulusBits;
    }

    @Nullable
    String curve() {
        return curve;
    }

    /** 0 for a key that has no modulus. */
    int modulusBits() {
        return modulusBits;
    }
}
