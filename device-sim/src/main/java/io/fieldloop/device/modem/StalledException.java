package io.fieldloop.device.modem;

import java.io.IOException;

/** The modem's TCP gave a connection up because nothing it sent was acknowledged any more. */
public final class StalledException extends IOException {

    private static final long serialVersionUID = 1;

    StalledException() {
        super("What the modem sent was not acknowledged within its TCP's limit.");
    }
}
