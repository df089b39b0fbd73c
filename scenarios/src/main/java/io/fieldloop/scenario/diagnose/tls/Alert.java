package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.tcp.Moment;

/**
 * An alert record.
 *
 * @param number of its description, or -1 where it is encrypted and nobody has the key
 */
public record Alert(boolean fromClient, boolean fatal, int number, Moment at) {
    /** No number, where it is encrypted and nobody has the key. */
    public static final int UNREADABLE_NUMBER = -1;

    public boolean isReadable() {
        return number != UNREADABLE_NUMBER;
    }

    public String name() {
        return isReadable() ? TlsWords.alert(number) : "an encrypted alert";
    }
}
