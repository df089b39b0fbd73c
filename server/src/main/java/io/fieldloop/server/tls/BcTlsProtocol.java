package io.fieldloop.server.tls;

import org.bouncycastle.tls.TlsServerProtocol;

/** Bouncy Castle's non-blocking server, made to give back what only its handshake needed. */
final class BcTlsProtocol extends TlsServerProtocol {

    /** Gives back the buffer that held the certificate chain; to be called when everything in it was taken. */
    void forgetHandshake() {
        outputBuffer.getBuffer().shrink();
    }
}
