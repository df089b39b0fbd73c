package io.fieldloop.scenario.diagnose.capture;

import java.io.IOException;

/** The packets of a classic pcap file (draft-ietf-opsawg-pcap). */
final class PcapRecords implements Blocks {
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int NANOSECONDS = 0xA1B23C4D;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int LINK_TYPE_AT = 20;
    // The bits above say how many octets of checksum a frame ends with.
    private static final int LINK_TYPE_BITS = 0x0FFF_FFFF;

    private final Window window;
    private final boolean littleEndian;
    private final int nanosPerUnit;
    private final CaptureInterface from;
    private long number;
    private boolean cutOff;

    private PcapRecords(Window window, boolean littleEndian, int nanosPerUnit, int linkType) {
        this.window = window;
        this.littleEndian = littleEndian;
        this.nanosPerUnit = nanosPerUnit;
        from = new CaptureInterface(0, "", linkType, CaptureInterface.UNKNOWN.clock());
    }

    static boolean isMagic(int magic) {
        int reversed = Integer.reverseBytes(magic);
        return magic == MICROSECONDS || magic == NANOSECONDS || reversed == MICROSECONDS || reversed == NANOSECONDS;
    }

    static PcapRecords open(Window window) throws IOException {
        int at = window.take(HEADER_BYTES);
        if (at < 0) {
            throw new Damage("the file ends inside its header", window.position());
        }
        int magic = Octets.i32(window.bytes(), at);
        boolean littleEndian = magic != MICROSECONDS && magic != NANOSECONDS;
        int unit = magic == NANOSECONDS || Integer.reverseBytes(magic) == NANOSECONDS ? 1 : 1000;
        int linkType = Octets.i32(window.bytes(), at + LINK_TYPE_AT, littleEndian) & LINK_TYPE_BITS;
        return new PcapRecords(window, littleEndian, unit, linkType);
    }

    @Override
    public boolean next(Packet packet) throws IOException {
        long start = window.position();
        int at = window.take(RECORD_HEADER_BYTES);
        if (at < 0) {
            cutOff = window.left() > 0;
            return false;
        }
        byte[] bytes = window.bytes();
        long seconds = Octets.u32(bytes, at, littleEndian);
        long units = Octets.u32(bytes, at + 4, littleEndian);
        int captured = Octets.i32(bytes, at + 8, littleEndian);
        int original = Octets.i32(bytes, at + 12, littleEndian);
        if (captured < 0 || captured > PACKET_BYTES_MAX) {
            throw new Damage("a packet says that it has " + Integer.toUnsignedString(captured) + " bytes", start);
        }
        int contents = window.take(captured);
        if (contents < 0) {
            cutOff = true;
            return false;
        }
        packet.set(++number, seconds * 1_000_000_000L + units * nanosPerUnit, from);
        packet.contents(window.bytes(), contents, captured, Math.max(captured, original));
        return true;
    }

    @Override
    public boolean isCutOff() {
        return cutOff;
    }
}
