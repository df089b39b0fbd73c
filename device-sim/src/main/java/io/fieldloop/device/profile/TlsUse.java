package io.fieldloop.device.profile;

/** Which connections a client opens with TLS; not all of them go by the scheme of the URL (protocol reference 4.5). */
public enum TlsUse {
    /** {@code wss://} and {@code https://}, and nothing else. */
    BY_SCHEME,
    /** Port 443 and nothing else, as esp-ml307 2.1 on a modem: {@code wss://host:8902} is plain text there. */
    BY_PORT_443,
    /** Every connection, as esp-ml307 1.x on a modem: {@code ws://} is TLS too. */
    ALWAYS;

    private static final int HTTPS_PORT = 443;

    /** Whether this connection is one. */
    public boolean applies(boolean securedByScheme, int port) {
        return switch (this) {
            case BY_SCHEME -> securedByScheme;
            case BY_PORT_443 -> port == HTTPS_PORT;
            case ALWAYS -> true;
        };
    }
}
