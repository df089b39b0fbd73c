package io.fieldloop.scenario.front;

/** A front that does not come up; the message is a sentence for whoever wanted it. */
public final class FrontException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FrontException(String sentence) {
        super(sentence);
    }
}
