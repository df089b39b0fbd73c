package io.fieldloop.qemu.console;

/** A console dictionary cannot be used; the message is one sentence with file, line, key and what was expected. */
public final class ConsoleDictionaryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConsoleDictionaryException(String sentence) {
        super(sentence);
    }
}
