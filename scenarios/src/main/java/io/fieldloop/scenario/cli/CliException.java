package io.fieldloop.scenario.cli;

/** What was asked for cannot be done; the message is one sentence for the terminal. */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CliException(String sentence) {
        super(sentence);
    }
}
