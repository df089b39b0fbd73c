package io.fieldloop.qemu.runner;

import org.jspecify.annotations.Nullable;

/** QEMU could not be started or asked something; the message is one sentence: what, and what to do. */
public final class EmulationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EmulationException(String sentence) {
        super(sentence);
    }

    public EmulationException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
