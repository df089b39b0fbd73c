package io.fieldloop.device.tls;

import org.bouncycastle.tls.ProtocolVersion;

/** TLS versions by the names the scenarios and the gateway use: {@code TLSv1}, {@code TLSv1.1}, {@code TLSv1.2}, {@code TLSv1.3}. */
final class ProtocolVersions {

    private ProtocolVersions() {}

    static ProtocolVersion named(String name) {
        return switch (name) {
            case "TLSv1" -> ProtocolVersion.TLSv10;
            case "TLSv1.1" -> ProtocolVersion.TLSv11;
            case "TLSv1.2" -> ProtocolVersion.TLSv12;
            case "TLSv1.3" -> ProtocolVersion.TLSv13;
            default ->
                throw new IllegalArgumentException("Unknown TLS version '" + name
                        + "' in a ClientHello shape: expected TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3.");
        };
    }

    static String name(ProtocolVersion version) {
        int minor = version.getMinorVersion() - 1;
        return minor == 0 ? "TLSv1" : "TLSv1." + minor;
    }
}
