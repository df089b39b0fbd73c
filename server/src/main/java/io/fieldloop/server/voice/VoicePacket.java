package io.fieldloop.server.voice;

import io.netty.buffer.ByteBuf;

/**
 * Where things stand in a voice packet: u8 type 1, u8 flags, u16 payload size, u32 connection id, u32 timestamp in ms, u32 sequence,
 * then the encrypted Opus packet. The 16 bytes of the header are the initial counter block of AES-128-CTR.
 */
final class VoicePacket {
    static final int HEADER_BYTES = 16;
    static final int TYPE = 1;

    private static final int SIZE = 2;
    private static final int FLOW = 4;
    private static final int TIMESTAMP = 8;
    private static final int SEQUENCE = 12;

    private VoicePacket() {}

    static int type(ByteBuf packet) {
        return packet.getUnsignedByte(packet.readerIndex());
    }

    static int size(ByteBuf packet) {
        return packet.getUnsignedShort(packet.readerIndex() + SIZE);
    }

    static int flow(ByteBuf packet) {
        return packet.getInt(packet.readerIndex() + FLOW);
    }

    static int timestamp(ByteBuf packet) {
        return packet.getInt(packet.readerIndex() + TIMESTAMP);
    }

    static int sequence(ByteBuf packet) {
        return packet.getInt(packet.readerIndex() + SEQUENCE);
    }

    /** Writes a header: the nonce of the hello with size, timestamp and sequence put in. */
    static void writeHeader(ByteBuf out, int typeAndFlags, int size, int flow, int timestamp, int sequence) {
        out.writeShort(typeAndFlags);
        out.writeShort(size);
        out.writeInt(flow);
        out.writeInt(timestamp);
        out.writeInt(sequence);
    }
}
