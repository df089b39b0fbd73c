package io.fieldloop.server.session;

import io.fieldloop.server.event.GatewayEvent.ProtocolError.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;

/** How Opus packets are wrapped in binary messages; the version is the device's choice alone. */
enum AudioFraming {
    /** The message is the packet. */
    V1(0) {
        @Override
        void writeHeader(ByteBuf out, int payloadBytes, int sequence, long timestampMillis) {}

        @Override
        Optional<Reason> headerError(ByteBuf message, int payloadBytes) {
            return Optional.empty();
        }
    },
    /** 16 bytes: u16 version 2, u16 type 0, u32 reserved, u32 timestamp in ms, u32 payload size. */
    V2(16) {
        @Override
        void writeHeader(ByteBuf out, int payloadBytes, int sequence, long timestampMillis) {
            out.writeShort(2);
            out.writeShort(0);
            out.writeInt(0);
            out.writeInt((int) timestampMillis);
            out.writeInt(payloadBytes);
        }

        @Override
        Optional<Reason> headerError(ByteBuf message, int payloadBytes) {
            int start = message.readerIndex();
            if (message.getUnsignedShort(start) != 2) {
                return Optional.of(Reason.AUDIO_VERSION_WRONG);
            }
            if (message.getUnsignedShort(start + 2) != 0) {
                return Optional.of(Reason.AUDIO_TYPE_UNKNOWN);
            }
            return sizeError(message.getUnsignedInt(start + 12), payloadBytes);
        }
    },
    /** 4 bytes: u8 type 0, u8 reserved, u16 payload size. */
    V3(4) {
        @Override
        void writeHeader(ByteBuf out, int payloadBytes, int sequence, long timestampMillis) {
            out.writeByte(0);
            out.writeByte(0);
            out.writeShort(payloadBytes);
        }

        @Override
        Optional<Reason> headerError(ByteBuf message, int payloadBytes) {
            int start = message.readerIndex();
            if (message.getUnsignedByte(start) != 0) {
                return Optional.of(Reason.AUDIO_TYPE_UNKNOWN);
            }
            return sizeError(message.getUnsignedShort(start + 2), payloadBytes);
        }
    },
    /**
     * Between xiaozhi-mqtt-gateway and its chat server, 16 bytes: u8 type 1, u8 0, u16 payload size, u32 sequence, u32 timestamp in ms, u32
     * payload size. That gateway reads, and writes, the last two alone (app.js at 93f026a).
     */
    MQTT_GATEWAY(16) {
        @Override
        void writeHeader(ByteBuf out, int payloadBytes, int sequence, long timestampMillis) {
            out.writeByte(1);
            out.writeByte(0);
            out.writeShort(payloadBytes);
            out.writeInt(sequence);
            out.writeInt((int) timestampMillis);
            out.writeInt(payloadBytes);
        }

        @Override
        Optional<Reason> headerError(ByteBuf message, int payloadBytes) {
            return sizeError(message.getUnsignedInt(message.readerIndex() + 12), payloadBytes);
        }
    };

    private final int headerBytes;

    AudioFraming(int headerBytes) {
        this.headerBytes = headerBytes;
    }

    /** The framing for a protocol version, or empty for one that does not exist. */
    static Optional<AudioFraming> forVersion(int version) {
        return switch (version) {
            case 1 -> Optional.of(V1);
            case 2 -> Optional.of(V2);
            case 3 -> Optional.of(V3);
            default -> Optional.empty();
        };
    }

    /** Wraps a packet. */
    ByteBuf encode(ByteBufAllocator allocator, byte[] packet, int sequence, long timestampMillis) {
        ByteBuf message = allocator.buffer(headerBytes + packet.length);
        writeHeader(message, packet.length, sequence, timestampMillis);
        return message.writeBytes(packet);
    }

    /** What is wrong with a message, as a protocol error's reason; the device's word is never used to read past its end. */
    Optional<Reason> error(ByteBuf message) {
        if (message.readableBytes() < headerBytes) {
            return Optional.of(Reason.AUDIO_HEADER_TRUNCATED);
        }
        return headerError(message, payloadBytes(message));
    }

    /** The size of the packet in a message without error. */
    int payloadBytes(ByteBuf message) {
        return message.readableBytes() - headerBytes;
    }

    abstract void writeHeader(ByteBuf out, int payloadBytes, int sequence, long timestampMillis);

    abstract Optional<Reason> headerError(ByteBuf message, int payloadBytes);

    private static Optional<Reason> sizeError(long claimed, int actual) {
        return claimed == actual ? Optional.empty() : Optional.of(Reason.AUDIO_SIZE_WRONG);
    }
}
