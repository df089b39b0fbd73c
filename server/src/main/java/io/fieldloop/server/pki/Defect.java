package io.fieldloop.server.pki;

/** What is wrong with a certificate chain that was minted to be wrong. */
public enum Defect {
    NONE,
    /** The leaf ended one day ago on the run's clock; its length stays as requested. */
    EXPIRED,
    /** The leaf begins in one day on the run's clock; its length stays as requested. */
    NOT_YET_VALID,
    /** The leaf names another host than the one requested. */
    WRONG_NAME,
    /** The leaf is good and served alone, so only a client that knows the intermediate can check it. */
    MISSING_INTERMEDIATE,
    /** The leaf signed itself. */
    SELF_SIGNED,
    /** A complete chain whose root no device of the run was given. */
    FOREIGN_CA,
    /** The leaf is good, and the intermediate above it ended one day ago. */
    EXPIRED_INTERMEDIATE,
    /** The name stands in the subject's common name, beside alternative names of another host. */
    NAME_ONLY_IN_SUBJECT,
    /** No alternative names at all: an old certificate, whose common name is all there is. */
    COMMON_NAME_ONLY,
    /** The leaf is for an address, where clients ask for a name. */
    ADDRESS_INSTEAD_OF_NAME,
    /** Two intermediates, the upper one served before the lower one. */
    WRONG_ORDER,
    /** The root and another authority's certificates are served behind a complete chain. */
    EXTRA_CERTIFICATES,
    /** A complete chain, and behind it the run's root signed by an authority that no device knows. */
    CROSS_SIGNED,
    /** A new authority's chain, which leads to the run's root only through that root's signature on the new one. */
    NEW_ROOT_CROSS_SIGNED,
    /** The leaf is signed with SHA-1. */
    SHA1_SIGNATURE,
    /** The leaf has an RSA key of 1024 bits, whatever kind was requested. */
    RSA_1024,
    /** The leaf has five hundred names, so that the chain just fits one TLS record. */
    LONG_CHAIN,
    /** The leaf has eight hundred names, so that the chain does not fit one TLS record. */
    OVERSIZED_CHAIN,
    /**
     * Four certificates as Let's Encrypt sends them since 2026-05-13, and none of them wrong: the leaf below YE1, Root YE and X2, all three on
     * P-384, the last signed by the run's root.
     */
    GENERATION_Y_EC,
    /** The same for RSA: the leaf below YR1 (2048 bits) and Root YR (4096 bits), which the run's root signed. */
    GENERATION_Y_RSA,
    /** The leaf and YE1 alone: right for a client that has Root YE. */
    GENERATION_Y_WITHOUT_CROSS_SIGN,
    /** The intermediate has a key on a curve (sect283r1) that no device's TLS knows. */
    UNKNOWN_CURVE,
    /** The leaf promises a stapled OCSP answer (RFC 7633), and none is sent. */
    MUST_STAPLE,
    /** A sound chain over another intermediate than the run's. */
    OTHER_INTERMEDIATE,
    /** The private key does not belong to the leaf. */
    KEY_MISMATCH,
    /** The leaf may be used by clients only. */
    WRONG_PURPOSE,
    /** The leaf's key may encipher other keys and not sign, as old suites asked for and no current one does. */
    KEY_ENCIPHERMENT_ONLY,
    /** What signed the leaf is itself no authority. */
    INTERMEDIATE_IS_NO_AUTHORITY;

    /** Whether it says what is sent behind the leaf, so that nobody else can. */
    public boolean makesTheChain() {
        return switch (this) {
            case NONE,
                    EXPIRED,
                    NOT_YET_VALID,
                    WRONG_NAME,
                    FOREIGN_CA,
                    NAME_ONLY_IN_SUBJECT,
                    COMMON_NAME_ONLY,
                    ADDRESS_INSTEAD_OF_NAME,
                    SHA1_SIGNATURE,
                    RSA_1024,
                    LONG_CHAIN,
                    OVERSIZED_CHAIN,
                    MUST_STAPLE,
                    KEY_MISMATCH,
                    WRONG_PURPOSE,
                    KEY_ENCIPHERMENT_ONLY -> false;
            case MISSING_INTERMEDIATE,
                    SELF_SIGNED,
                    EXPIRED_INTERMEDIATE,
                    WRONG_ORDER,
                    EXTRA_CERTIFICATES,
                    CROSS_SIGNED,
                    NEW_ROOT_CROSS_SIGNED,
                    GENERATION_Y_EC,
                    GENERATION_Y_RSA,
                    GENERATION_Y_WITHOUT_CROSS_SIGN,
                    UNKNOWN_CURVE,
                    OTHER_INTERMEDIATE,
                    INTERMEDIATE_IS_NO_AUTHORITY -> true;
        };
    }
}
