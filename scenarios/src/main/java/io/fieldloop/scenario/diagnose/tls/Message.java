package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.tcp.Moment;

/** A handshake message that was whole. */
public record Message(boolean fromClient, int type, int bytes, Moment at) {
    private static final int NO_CERTIFICATE_BYTES_MAX = 12;

    /** Whether a Certificate is empty: what is left are its lengths. */
    public boolean isWithoutCertificate() {
        return bytes <= NO_CERTIFICATE_BYTES_MAX;
    }

    public String name() {
        return TlsWords.message(type);
    }
}
