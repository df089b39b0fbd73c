package io.fieldloop.server.pki;

/** The key pairs a certificate may carry. */
public enum KeyKind {
    /** NIST P-256, signing with ECDSA and SHA-256. */
    EC_P256,
    /** RSA with a 2048-bit modulus, signing with PKCS#1 v1.5 and SHA-256. */
    RSA_2048
}
