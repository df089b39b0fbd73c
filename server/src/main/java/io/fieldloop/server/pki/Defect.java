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
    FOREIGN_CA
}
