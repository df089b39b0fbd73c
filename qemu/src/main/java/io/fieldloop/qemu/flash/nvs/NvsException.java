package io.fieldloop.qemu.flash.nvs;

/** An NVS partition cannot be read or cannot hold what was given; the message is one sentence. */
public final class NvsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NvsException(String sentence) {
        super(sentence);
    }
}
