package io.fieldloop.device.link.profile;

/** Ends every connection once {@code atByte} bytes went in {@code direction}: those still arrive, the next does not. */
public record Cut(How how, Direction direction, long atByte) {
    public static final Cut NONE = new Cut(How.NONE, Direction.UPSTREAM, 0);

    /** How a connection is cut; both ends see it. */
    public enum How {
        NONE,
        RESET,
        FIN,
        BLACKHOLE
    }
}
