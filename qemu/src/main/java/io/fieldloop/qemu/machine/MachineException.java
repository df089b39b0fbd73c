package io.fieldloop.qemu.machine;

/** A machine cannot be what was asked of it, or its QEMU is missing; the message is one sentence: what, and what to do. */
public final class MachineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MachineException(String sentence) {
        super(sentence);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
