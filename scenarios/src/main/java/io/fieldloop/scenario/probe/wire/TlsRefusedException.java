package io.fieldloop.scenario.probe.wire;

import java.io.IOException;

/** A TLS handshake that came to nothing; the message is half a sentence about the server. */
public final class TlsRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient TlsSeen seen;

    TlsRefusedException(TlsSeen seen, Throwable cause) {
        super(seen.refusal(), cause);
        this.seen = seen;
    }

    TlsSeen seen() {
        return seen;
    }
}
