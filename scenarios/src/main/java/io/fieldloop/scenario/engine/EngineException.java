package io.fieldloop.scenario.engine;

/** The engine cannot go on; the message is one sentence that says why. */
final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EngineException(String sentence) {
        super(sentence);
    }
}
