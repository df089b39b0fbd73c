package io.fieldloop.device.attempt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A modem did not open a socket: a number is all it tells the device; its cause is what the modem saw, where it saw anything. */
public final class OpenRefused extends IOException {

    private static final long serialVersionUID = 1;

    private final int number;
    private final String line;

    /** @param line what the console says of it already */
    public OpenRefused(int number, String line, @Nullable Throwable seen) {
        super("The modem opened no socket, error " + number, seen);
        this.number = number;
        this.line = line;
    }

    String line() {
        return line;
    }

    int number() {
        return number;
    }
}
