package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;

/** A TCP segment inside a frame (RFC 9293 section 3.1). Sequence numbers are compared modulo 2^32. */
public final class TcpSegment {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;

    static final int CHECKSUM_OFFSET = 16;
    private static final int TCP_OPTIONS = Frame.TCP_BYTES_MIN;
    private static final int OPTION_END = 0;
    private static final int OPTION_NONE = 1;
    private static final int OPTION_SEGMENT_SIZE = 2;

    private final ByteBuf bytes;
    private final int offset;
    private final int end;

    TcpSegment(ByteBuf bytes, int offset, int end) {
        this.bytes = bytes;
        this.offset = offset;
        this.end = end;
    }

    public int sequence() {
        return bytes.getInt(offset + 4);
    }

    public int acknowledged() {
        return bytes.getInt(offset + 8);
    }

    public boolean has(int flag) {
        return (bytes.getUnsignedByte(offset + 13) & flag) != 0;
    }

    public int payloadOffset() {
        return offset + (bytes.getUnsignedByte(offset + 12) >> 4) * 4;
    }

    public int payloadBytes() {
        return end - payloadOffset();
    }

    public ByteBuf payload() {
        return bytes.slice(payloadOffset(), payloadBytes());
    }

    /** The sequence number after this segment: SYN and FIN take one each. */
    public int sequenceEnd() {
        return sequence() + length();
    }

    /** How many sequence numbers it takes. */
    public int length() {
        return payloadBytes() + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    /** Lowers the largest segment that a SYN announces. */
    public void clampSegmentSize(int segmentBytesMax) {
        int at = offset + TCP_OPTIONS;
        int optionsEnd = payloadOffset();
        while (at + 1 < optionsEnd && bytes.getByte(at) != OPTION_END) {
            int kind = bytes.getByte(at);
            int size = kind == OPTION_NONE ? 1 : bytes.getUnsignedByte(at + 1);
            if (kind == OPTION_SEGMENT_SIZE && size == 4 && at + 4 <= optionsEnd) {
                int announced = bytes.getUnsignedShort(at + 2);
                setWord(bytes, offset, at + 2, Math.min(announced, segmentBytesMax));
            }
            at += Math.max(1, size);
        }
    }

    /** Whether {@code a} comes after {@code b}. */
    public static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    /** Makes it begin later in the stream; the checksum is the caller's. */
    static void advance(ByteBuf bytes, int segment, int by, boolean isLast) {
        bytes.setInt(segment + 4, bytes.getInt(segment + 4) + by);
        if (!isLast) {
            bytes.setByte(segment + 13, bytes.getByte(segment + 13) & ~(PSH | FIN));
        }
    }

    /** Changes 16 bits of a segment, and its checksum with them; they may lie across two of the checksum's words. */
    static void setWord(ByteBuf bytes, int segment, int at, int value) {
        int first = at - ((at - segment) & 1);
        int words = at == first ? 1 : 2;
        int[] before = new int[words];
        for (int i = 0; i < words; i++) {
            before[i] = bytes.getUnsignedShort(first + 2 * i);
        }
        bytes.setShort(at, value);
        int checksum = bytes.getUnsignedShort(segment + CHECKSUM_OFFSET);
        for (int i = 0; i < words; i++) {
            checksum = InternetChecksum.updated(checksum, before[i], bytes.getUnsignedShort(first + 2 * i));
        }
        bytes.setShort(segment + CHECKSUM_OFFSET, checksum);
    }
}
