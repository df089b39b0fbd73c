package io.fieldloop.server.tls;

import java.util.Optional;

/** The TLS versions a listener may offer. */
public enum TlsVersion {
    TLSv1("TLSv1"),
    TLSv1_1("TLSv1.1"),
    TLSv1_2("TLSv1.2"),
    TLSv1_3("TLSv1.3");

    private final String wireName;

    TlsVersion(String wireName) {
        this.wireName = wireName;
    }

    /** The name as configuration, JSSE and OpenSSL write it, such as {@code TLSv1.2}. */
    public String wireName() {
        return wireName;
    }

    /** The version with this {@link #wireName()}, if there is one. */
    public static Optional<TlsVersion> named(String wireName) {
        for (TlsVersion version : values()) {
            if (version.wireName.equals(wireName)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return wireName;
    }
}
