package io.fieldloop.qemu.flash;

/** A flash image has a defect or cannot be what was asked of it; the message is one sentence that names it. */
public final class FlashImageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FlashImageException(String sentence) {
        super(Printable.of(sentence));
    }

    /** The same defect, said of a file. */
    FlashImageException in(String fileName) {
        return new FlashImageException(fileName + ": " + getMessage());
    }
}
