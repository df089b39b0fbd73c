package io.fieldloop.scenario.rig.firmware;

/** A recording cannot be repeated; the message is one sentence. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReplayException(String sentence) {
        super(sentence);
    }
}
