package io.fieldloop.scenario.diagnose.capture;

/**
 * One packet of a capture, in the reader's own memory: the next one takes its place.
 *
 * <p>A capture of a gigabyte has ten million packets; an object for each would cost more than reading them.
 */
public final class Packet {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int offset;
    private int captured;
    private int original;
    private long number;
    private long nanos;
    private CaptureInterface from = CaptureInterface.UNKNOWN;

    void set(long packetNumber, long time, CaptureInterface source) {
        number = packetNumber;
        nanos = time;
        from = source;
    }

    void contents(byte[] array, int at, int length, int lengthOnTheWire) {
        bytes = array;
        offset = at;
        captured = length;
        original = lengthOnTheWire;
    }

    /** Counted from 1, as analysers do. */
    public long number() {
        return number;
    }

    /** Nanoseconds since 1970. */
    public long nanos() {
        return nanos;
    }

    public CaptureInterface from() {
        return from;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /** How many of its bytes are in the file. */
    public int captured() {
        return captured;
    }

    /** How many it had on the wire; more than {@link #captured} where a snap length cut it. */
    public int original() {
        return original;
    }
}
