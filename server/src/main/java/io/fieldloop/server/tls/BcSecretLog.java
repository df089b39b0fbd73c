package io.fieldloop.server.tls;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.jspecify.annotations.Nullable;

/** Writes one handshake's secrets into a {@link KeyLog}, where there is one. */
record BcSecretLog(@Nullable KeyLog keyLog) {
    /** "Encrypting" with a copy is the only way to read a secret without using it up. */
    static byte[] copy(TlsSecret secret) throws IOException {
        return secret.encrypt((buffer, offset, length) -> Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** What protects the rest of a handshake of TLS 1.3. */
    void handshake(SecurityParameters parameters) throws IOException {
        line("CLIENT_HANDSHAKE_TRAFFIC_SECRET", parameters, parameters.getTrafficSecretClient());
        line("SERVER_HANDSHAKE_TRAFFIC_SECRET", parameters, parameters.getTrafficSecretServer());
    }

    /** What protects what comes after it. */
    void traffic(SecurityParameters parameters) throws IOException {
        line("CLIENT_TRAFFIC_SECRET_0", parameters, parameters.getTrafficSecretClient());
        line("SERVER_TRAFFIC_SECRET_0", parameters, parameters.getTrafficSecretServer());
        line("EXPORTER_SECRET", parameters, parameters.getExporterMasterSecret());
    }

    /** All there is before TLS 1.3. */
    void master(SecurityParameters parameters) throws IOException {
        line("CLIENT_RANDOM", parameters, parameters.getMasterSecret());
    }

    private void line(String label, SecurityParameters parameters, @Nullable TlsSecret secret) throws IOException {
        if (keyLog != null && secret != null) {
            HexFormat hex = HexFormat.of();
            keyLog.line(label + " " + hex.formatHex(parameters.getClientRandom()) + " " + hex.formatHex(copy(secret)));
        }
    }
}
