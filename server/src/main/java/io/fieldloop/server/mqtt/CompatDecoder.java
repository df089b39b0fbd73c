package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads packets as xiaozhi-mqtt-gateway does (mqtt-protocol.js at 93f026a), mistakes included.
 *
 * <p>A remaining length that never ends is waited for; SUBSCRIBE is read at fixed offsets, as if its remaining length had one byte;
 * only CONNECT, PUBLISH, SUBSCRIBE, PINGREQ and DISCONNECT are known; level 5 is none.
 */
final class CompatDecoder extends ByteToMessageDecoder {
    private static final int LENGTH_BYTES_MAX = 4;
    private static final int USER_NAME = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL = 0x04;

    private final Connection connection;
    private final int packetBytesMax;
    private boolean sawBytes;
    private boolean failed;

    CompatDecoder(Connection connection, int packetBytesMax) {
        this.connection = connection;
        this.packetBytesMax = packetBytesMax;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!sawBytes) {
            sawBytes = true;
            connection.sawFirstBytes(in);
        }
        int start = in.readerIndex();
        int lengthBytes = lengthBytes(in, start + 1);
        if (lengthBytes == 0) {
            return;
        }
        int total = 1 + lengthBytes + remainingLength(in, start + 1, lengthBytes);
        if (total > packetBytesMax) {
            fail(out, new TooLongFrameException("packet of " + total + " bytes"));
        } else if (in.readableBytes() >= total) {
            ByteBuf packet = in.readSlice(total);
            try {
                out.add(read(packet, 1 + lengthBytes));
            } catch (IndexOutOfBoundsException | DecoderException unreadable) {
                fail(out, unreadable);
            }
        }
    }

    private void fail(List<Object> out, Exception cause) {
        failed = true;
        out.add(MqttMessageFactory.newInvalidMessage(cause));
    }

    /** How many bytes the remaining length has; 0 while, and where, it does not end. */
    private static int lengthBytes(ByteBuf in, int from) {
        for (int i = 0; i < LENGTH_BYTES_MAX && from + i < in.writerIndex(); i++) {
            if ((in.getByte(from + i) & 0x80) == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int remainingLength(ByteBuf in, int from, int bytes) {
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length |= (in.getByte(from + i) & 0x7f) << (7 * i);
        }
        return length;
    }

    private static MqttMessage read(ByteBuf packet, int headerBytes) {
        int first = packet.getUnsignedByte(packet.readerIndex());
        ByteBuf body = packet.slice(packet.readerIndex() + headerBytes, packet.readableBytes() - headerBytes);
        return switch (first >> 4) {
            case 1 -> connect(body);
            case 3 -> publish(body, (first >> 1) & 3);
            case 8 -> subscribe(packet);
            case 12 -> MqttMessage.PINGREQ;
            case 14 -> MqttMessage.DISCONNECT;
            default -> throw new DecoderException("packet type " + (first >> 4));
        };
    }

    private static MqttMessage connect(ByteBuf body) {
        text(body);
        int level = body.readUnsignedByte();
        if (level != 3 && level != 4) {
            throw new MqttUnacceptableProtocolVersionException("level " + level);
        }
        int flags = body.readUnsignedByte();
        MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                .protocolVersion(level == 3 ? MqttVersion.MQTT_3_1 : MqttVersion.MQTT_3_1_1)
                .keepAlive(body.readUnsignedShort())
                .clientId(text(body));
        if ((flags & WILL) != 0) {
            text(body);
            text(body);
        }
        if ((flags & USER_NAME) != 0) {
            connect.username(text(body));
        }
        if ((flags & PASSWORD) != 0) {
            connect.password(text(body).getBytes(StandardCharsets.UTF_8));
        }
        return connect.build();
    }

    private static MqttMessage publish(ByteBuf body, int qos) {
        String topic = text(body);
        int id = qos > 0 ? body.readUnsignedShort() : 0;
        return MqttMessageBuilders.publish()
                .topicName(topic)
                .messageId(id)
                .qos(qos == 0 ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE)
                .payload(Unpooled.copiedBuffer(body))
                .build();
    }

    /** The packet id where it stands if the remaining length has one byte; one filter, whatever there is. */
    private static MqttMessage subscribe(ByteBuf packet) {
        return MqttMessageBuilders.subscribe()
                .messageId(Math.max(1, packet.getUnsignedShort(packet.readerIndex() + 2)))
                .addSubscription(MqttQoS.AT_MOST_ONCE, "")
                .build();
    }

    private static String text(ByteBuf body) {
        return body.readCharSequence(body.readUnsignedShort(), StandardCharsets.UTF_8)
                .toString();
    }
}
