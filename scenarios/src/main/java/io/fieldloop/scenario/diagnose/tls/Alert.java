package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.tcp.Moment;

/**
 * An alert record.
 *
 * @param number of its description, or -1 where it is encrypted and nobody has the key
 */
public record Alert(boolean fromClient, boolean fatal, int number, Moment at) {
    static final int UNREADABLE = -1;

    public boolean isReadable() {
        return number != UNREADABLE;
    }

    public String name() {
        return isReadable() ? TlsWords.alert(number) : "an encrypted alert";
    }
}
