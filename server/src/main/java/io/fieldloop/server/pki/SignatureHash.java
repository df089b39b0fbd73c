package io.fieldloop.server.pki;

/** What a certificate is hashed with before it is signed. */
public enum SignatureHash {
    SHA256,
    SHA384,
    SHA512,
    /** Refused by every client of this decade. */
    SHA1
}
