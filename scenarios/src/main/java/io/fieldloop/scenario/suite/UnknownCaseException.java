package io.fieldloop.scenario.suite;

/** What was named is no scenario, or cannot be read; the message is one sentence for whoever named it. */
public final class UnknownCaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownCaseException(String sentence) {
        super(sentence);
    }
}
