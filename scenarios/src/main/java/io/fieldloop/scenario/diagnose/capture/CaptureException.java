package io.fieldloop.scenario.diagnose.capture;

import java.io.IOException;

/** A file that cannot be read as a capture; its message is one sentence for the person who named the file. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1;

    public CaptureException(String message) {
        super(message);
    }
}
