package io.fieldloop.scenario.diagnose.capture;

import java.io.IOException;

/** Bytes that no writer of the format writes; the message is what and where, half a sentence. */
final class Damage extends IOException {
    private static final long serialVersionUID = 1;

    Damage(String what, long at) {
        super(what + " at byte " + at);
    }
}
