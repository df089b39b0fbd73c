package io.fieldloop.device.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a broker's bytes into packets as espressif/esp-mqtt reads them.
 *
 * <p>Only a PUBLISH may be longer than the client's buffer of 1024 bytes, since its payload is read in pieces and joined.
 */
public final class MqttDecoder extends ByteToMessageDecoder {

    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int PUBREL = 6;
    private static final int SUBACK = 9;
    private static final int PINGRESP = 13;
    private static final int BUFFER_BYTES = 1024; // MQTT_BUFFER_SIZE_BYTE
    private static final int LENGTH_DIGITS_MAX = 4;

    /** What a device has heap for at the most: assumed. */
    private static final int PUBLISH_BYTES_MAX = 1 << 20;

    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        int first = in.readUnsignedByte();
        if (!isValid(first)) {
            broken(
                    out,
                    "mqtt_message_receive: received a message with an invalid header=0x" + Integer.toHexString(first));
            return;
        }
        long length = readLength(in, out);
        if (length < 0) {
            in.readerIndex(broken ? in.readerIndex() : start);
        } else if (isTooLong(first >> 4, in.readerIndex() - start + length)) {
            broken(out, "mqtt_message_receive: message is too big, insufficient buffer size");
        } else if (in.readableBytes() < length) {
            in.readerIndex(start);
        } else {
            read(first, in.readSlice((int) length), out);
        }
    }

    /** Whether a packet of that type may have those flags; type 0 is forbidden, what only a client sends is not looked for. */
    private static boolean isValid(int first) {
        int flags = first & 0x0F;
        return switch (first >> 4) {
            case 0 -> false;
            case PUBLISH -> ((flags >> 1) & 3) != 3;
            case PUBREL -> flags == 2;
            default -> flags == 0;
        };
    }

    private static boolean isTooLong(int type, long bytes) {
        return bytes > (type == PUBLISH ? PUBLISH_BYTES_MAX : BUFFER_BYTES);
    }

    /** The remaining length, or negative when there is not all of it. */
    private long readLength(ByteBuf in, List<Object> out) {
        long length = 0;
        for (int digit = 0; digit < LENGTH_DIGITS_MAX; digit++) {
            if (!in.isReadable()) {
                return -1;
            }
            int next = in.readUnsignedByte();
            length |= (long) (next & 0x7F) << (7 * digit);
            if (next < 0x80) {
                return length;
            }
        }
        broken(out, "mqtt_message_receive: message is too big, insufficient buffer size");
        return -1;
    }

    private void read(int first, ByteBuf body, List<Object> out) {
        switch (first >> 4) {
            case CONNACK -> {
                if (body.readableBytes() < 2) {
                    broken(out, "Invalid MSG_TYPE response: 2, read_len: 1");
                } else {
                    out.add(new MqttPacket.Connack((body.readByte() & 1) == 1, body.readUnsignedByte()));
                }
            }
            case PUBLISH -> publish((first >> 1) & 3, body, out);
            case PUBACK, SUBACK -> {
                if (body.readableBytes() >= 2) {
                    out.add(new MqttPacket.Acknowledged(first >> 4, body.readUnsignedShort()));
                }
            }
            case PINGRESP -> out.add(new MqttPacket.Pingresp());
            default -> out.add(new MqttPacket.Other(first >> 4));
        }
    }

    private void publish(int qos, ByteBuf body, List<Object> out) {
        int topic = body.readableBytes() < 2 ? Integer.MAX_VALUE : body.readUnsignedShort();
        int rest = body.readableBytes() - (qos > 0 ? 2 : 0);
        if (topic > rest) {
            broken(out, "deliver_publish: mqtt_get_publish_topic() failed");
            return;
        }
        String name = body.readString(topic, UTF_8);
        int packetId = qos > 0 ? body.readUnsignedShort() : 0;
        out.add(new MqttPacket.Publish(name, body.readRetainedSlice(body.readableBytes()), qos, packetId));
    }

    private void broken(List<Object> out, String line) {
        broken = true;
        out.add(new MqttPacket.Malformed(line));
    }
}
