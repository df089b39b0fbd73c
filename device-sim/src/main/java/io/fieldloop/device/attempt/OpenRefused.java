package io.fieldloop.device.attempt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A modem did not open a socket: a number is all it tells the device; its cause is what the modem saw, where it saw anything. */
public final class OpenRefused extends IOException {

    private static final long serialVersionUID = 1;

    private final int number;

    public OpenRefused(int number, @Nullable Throwable seen) {
        super("The modem opened no socket, error " + number, seen);
        this.number = number;
    }

    int number() {
        return number;
    }
}
