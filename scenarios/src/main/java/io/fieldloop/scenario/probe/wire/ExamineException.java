package io.fieldloop.scenario.probe.wire;

/** A server cannot be examined at all; the message is one sentence that says why. */
public final class ExamineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ExamineException(String sentence) {
        super(sentence);
    }
}
