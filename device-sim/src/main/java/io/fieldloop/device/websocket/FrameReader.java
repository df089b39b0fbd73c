package io.fieldloop.device.websocket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads one frame after the other out of a byte stream that may break anywhere; holds the header until the payload is complete. */
public final class FrameReader {

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private boolean headerRead;
    private boolean fin;
    private boolean masked;
    private boolean shortestLength;
    private int reservedBits;
    private int opcode;
    private long length;
    private int mask;

    /** Whether the payload of a frame is awaited. */
    public boolean isHeaderRead() {
        return headerRead;
    }

    /** Reads the next header; false, and nothing is consumed, while it is incomplete. */
    public boolean readHeader(ByteBuf in) {
        if (in.readableBytes() >= 2) {
            int second = in.getUnsignedByte(in.readerIndex() + 1);
            int shortLength = second & 0x7F;
            int lengthBytes = shortLength == LENGTH_64 ? 8 : shortLength == LENGTH_16 ? 2 : 0;
            masked = (second & 0x80) != 0;
            if (in.readableBytes() >= 2 + lengthBytes + (masked ? 4 : 0)) {
                int first = in.readUnsignedByte();
                in.skipBytes(1);
                fin = (first & 0x80) != 0;
                reservedBits = first & 0x70;
                opcode = first & 0x0F;
                length = lengthBytes == 8 ? in.readLong() : lengthBytes == 2 ? in.readUnsignedShort() : shortLength;
                shortestLength = length >= (lengthBytes == 8 ? 1L << 16 : lengthBytes == 2 ? LENGTH_16 : 0);
                mask = masked ? in.readInt() : 0;
                headerRead = true;
            }
        }
        return headerRead;
    }

    /** The whole payload, unmasked, or null while it is incomplete. */
    public @Nullable ByteBuf readPayload(ByteBuf in) {
        if (in.readableBytes() < length) {
            return null;
        }
        headerRead = false;
        if (!masked) {
            return in.readRetainedSlice((int) length);
        }
        ByteBuf payload = in.readBytes((int) length);
        Masking.apply(payload, mask);
        return payload;
    }

    public boolean fin() {
        return fin;
    }

    public boolean masked() {
        return masked;
    }

    /** RSV1 to RSV3 where they stand in the first byte, so that RSV1 is 0x40; 0 unless an extension was agreed on. */
    public int reservedBits() {
        return reservedBits;
    }

    /** Whether the length is written in as few bytes as RFC 6455 section 5.2 demands, and its first bit is clear. */
    boolean hasShortestLength() {
        return shortestLength;
    }

    public int opcode() {
        return opcode;
    }

    /** Payload length; an unsigned number. */
    public long length() {
        return length;
    }
}
