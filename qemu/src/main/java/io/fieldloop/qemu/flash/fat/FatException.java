package io.fieldloop.qemu.flash.fat;

/** A volume cannot be read, or not hold what was put into it; the message is one sentence. */
public final class FatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FatException(String sentence) {
        super(sentence);
    }
}
