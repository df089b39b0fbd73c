package io.fieldloop.server.tls;

import org.bouncycastle.tls.TlsFatalAlert;

/** The client's certificate ends the handshake; the message is one sentence for the person who reads the record. */
final class RefusedClientCertificate extends TlsFatalAlert {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    RefusedClientCertificate(short alert, String sentence) {
        super(alert);
        this.sentence = sentence;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
