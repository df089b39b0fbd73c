package io.fieldloop.server.tls;

/** Who speaks TLS for a listener. */
public enum Engine {
    /** {@link #BORINGSSL} where it can do what the configuration asks, else {@link #BOUNCY_CASTLE}. */
    AUTO,
    /** Native and fast; its randomness cannot be seeded, and a version set is a range without gaps. */
    BORINGSSL,
    /** Pure Java; every random byte comes from the injected source, and it serves what others refuse to. */
    BOUNCY_CASTLE
}
