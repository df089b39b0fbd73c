package io.fieldloop.server.tls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsServerProtocol;

/** Bouncy Castle's non-blocking server, made to give back what only its handshake needed, and to ask what it never asks. */
final class BcTlsProtocol extends TlsServerProtocol {
    /** RFC 5246 7.4.1.1: type 0 and no body. */
    private static final byte[] HELLO_REQUEST = new byte[4];

    /** Gives back the buffer that held the certificate chain; to be called when everything in it was taken. */
    void forgetHandshake() {
        outputBuffer.getBuffer().shrink();
    }

    void request(TlsRequest request, boolean tls13) throws IOException {
        if (request == TlsRequest.KEY_UPDATE && tls13) {
            send13KeyUpdate(true);
        } else if (request == TlsRequest.RENEGOTIATION && !tls13) {
            safeWriteRecord(ContentType.handshake, HELLO_REQUEST, 0, HELLO_REQUEST.length);
        }
    }

    /** The library hangs up on a client that does not want to renegotiate; most servers go on. */
    @Override
    protected void handleAlertWarningMessage(short alertDescription) throws IOException {
        if (alertDescription != AlertDescription.no_renegotiation) {
            super.handleAlertWarningMessage(alertDescription);
        }
    }
}
