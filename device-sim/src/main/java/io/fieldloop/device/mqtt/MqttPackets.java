package io.fieldloop.device.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Writes the packets a device sends, byte for byte as espressif/esp-mqtt does (lib/mqtt_msg.c). */
public final class MqttPackets {

    private static final int CONNECT = 0x10;
    private static final int PUBLISH = 0x30;
    private static final int RETAIN = 0x01;
    private static final int DUP = 0x08;
    private static final int QOS_SHIFT = 1;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x82;
    private static final int PINGREQ = 0xC0;
    private static final int DISCONNECT = 0xE0;
    private static final int LEVEL_3_1_1 = 4;
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_QOS_SHIFT = 3;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USERNAME = 0x80;
    private static final int DIGIT_BITS = 7;

    private MqttPackets() {}

    /** A password without a username gets an empty one, since it may not stand alone. */
    public static ByteBuf connect(ByteBufAllocator allocator, MqttSettings settings) {
        boolean password = !settings.password().isEmpty();
        boolean username = password || !settings.username().isEmpty();
        MqttMessage will = settings.session().will();
        int flags = (settings.session().clean() ? CLEAN_SESSION : 0)
                | (username ? USERNAME : 0)
                | (password ? PASSWORD : 0)
                | (will == null ? 0 : WILL | will.qos() << WILL_QOS_SHIFT | (will.retain() ? WILL_RETAIN : 0));
        ByteBuf body = allocator.buffer();
        writeString(body, "MQTT");
        body.writeByte(LEVEL_3_1_1).writeByte(flags).writeShort(settings.keepAliveSeconds());
        writeString(body, settings.clientId());
        if (will != null) {
            writeString(body, will.topic());
            writeString(body, will.text());
        }
        if (username) {
            writeString(body, settings.username());
        }
        if (password) {
            writeString(body, settings.password());
        }
        return packet(allocator, CONNECT, body);
    }

    /**
     * A message for the broker to pass on.
     *
     * @param packetId left out with QoS 0
     */
    public static ByteBuf publish(ByteBufAllocator allocator, MqttMessage message, int packetId) {
        ByteBuf body = allocator.buffer();
        writeString(body, message.topic());
        if (message.qos() > 0) {
            body.writeShort(packetId);
        }
        ByteBufUtil.writeUtf8(body, message.text());
        return packet(allocator, PUBLISH | message.qos() << QOS_SHIFT | (message.retain() ? RETAIN : 0), body);
    }

    /** Marks a PUBLISH as sent before. */
    static void setDup(ByteBuf publish) {
        publish.setByte(0, publish.getByte(0) | DUP);
    }

    /** To one filter, with QoS 1. */
    public static ByteBuf subscribe(ByteBufAllocator allocator, String filter, int packetId) {
        ByteBuf body = allocator.buffer().writeShort(packetId);
        writeString(body, filter);
        return packet(allocator, SUBSCRIBE, body.writeByte(1));
    }

    public static ByteBuf puback(ByteBufAllocator allocator, int packetId) {
        return packet(allocator, PUBACK, allocator.buffer().writeShort(packetId));
    }

    public static ByteBuf pingreq(ByteBufAllocator allocator) {
        return packet(allocator, PINGREQ, allocator.buffer(0));
    }

    public static ByteBuf disconnect(ByteBufAllocator allocator) {
        return packet(allocator, DISCONNECT, allocator.buffer(0));
    }

    private static void writeString(ByteBuf out, String text) {
        out.writeShort(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
    }

    private static ByteBuf packet(ByteBufAllocator allocator, int first, ByteBuf body) {
        int left = body.readableBytes();
        ByteBuf packet = allocator.buffer(5 + left).writeByte(first);
        while (left >> DIGIT_BITS > 0) {
            packet.writeByte((left & 0x7F) | 0x80);
            left >>= DIGIT_BITS;
        }
        packet.writeByte(left).writeBytes(body);
        body.release();
        return packet;
    }
}
