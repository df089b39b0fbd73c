package io.fieldloop.device.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Puts Opus packets into binary messages and takes them out again, per protocol version (protocol reference 1.7).
 *
 * <p>The version is the device's own setting; what the server says in its hello does not change it.
 */
public final class AudioFraming {

    private static final int HEADER_V2 = 16;
    private static final int HEADER_V3 = 4;
    private static final int OPUS = 0;

    private final int version;

    public AudioFraming(int version) {
        this.version = version;
    }

    /** A binary message around one Opus packet. */
    public ByteBuf wrap(ByteBufAllocator allocator, byte[] opus) {
        ByteBuf message = allocator.buffer(HEADER_V2 + opus.length);
        if (version == 2) {
            message.writeShort(version).writeShort(OPUS);
            message.writeInt(0); // reserved
            message.writeInt(0); // timestamp: only with server-side echo cancellation
            message.writeInt(opus.length);
        } else if (version == 3) {
            message.writeByte(OPUS).writeByte(0).writeShort(opus.length);
        }
        return message.writeBytes(opus);
    }

    /**
     * How many Opus bytes the device would take from a binary message; negative when the message is shorter than its header.
     *
     * <p>The header's size is believed, not compared with the message: a lying one is an over-read on the real device.
     */
    public long opusBytes(ByteBuf message) {
        int start = message.readerIndex();
        if (version == 2) {
            return message.readableBytes() < HEADER_V2 ? -1 : message.getUnsignedInt(start + 12);
        }
        if (version == 3) {
            return message.readableBytes() < HEADER_V3 ? -1 : message.getUnsignedShort(start + 2);
        }
        return message.readableBytes();
    }
}
