package io.fieldloop.scenario.rig;

/** The harness cannot go on with a scenario; the message is the one sentence the user reads. */
public final class RigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RigException(String message) {
        super(message);
    }
}
