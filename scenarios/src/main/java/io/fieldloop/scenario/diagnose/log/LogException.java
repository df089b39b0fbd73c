package io.fieldloop.scenario.diagnose.log;

/** A log cannot be read, or says nothing; the message is one sentence for a person. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogException(String sentence) {
        super(sentence);
    }
}
