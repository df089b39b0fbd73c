package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.tcp.Moment;

/** A handshake message that was whole. */
public record Message(boolean fromClient, int type, int bytes, Moment at) {
    public String name() {
        return TlsWords.message(type);
    }
}
