package io.fieldloop.server.tls;

import java.util.Optional;

/** The TLS versions a listener may offer. */
public enum TlsVersion {
    TLSv1("TLSv1", 0x0301),
    TLSv1_1("TLSv1.1", 0x0302),
    TLSv1_2("TLSv1.2", 0x0303),
    TLSv1_3("TLSv1.3", 0x0304);

    private final String wireName;
    private final int code;

    TlsVersion(String wireName, int code) {
        this.wireName = wireName;
        this.code = code;
    }

    /** The name as configuration, JSSE and OpenSSL write it, such as {@code TLSv1.2}. */
    public String wireName() {
        return wireName;
    }

    /** The number on the wire, such as 0x0303. */
    int code() {
        return code;
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

    static Optional<TlsVersion> ofCode(int code) {
        for (TlsVersion version : values()) {
            if (version.code == code) {
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
