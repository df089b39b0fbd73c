package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.Answer;
import io.fieldloop.server.event.RefusalReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The CONNACK of a refused client, with the code its protocol level has for the reason. */
record ConnackAnswer(int level, int code) implements Answer {
    private static final int CONNACK = 0x20;

    /** Null where nothing is said, since nobody could read it. */
    static @Nullable ConnackAnswer to(RefusalReason reason, int level) {
        int code = level == MqttClient.LEVEL_5 ? codeOf5(reason) : codeOf3(reason);
        return code == 0 ? null : new ConnackAnswer(level, code);
    }

    @Override
    public Integer status() {
        return code;
    }

    /** Session present is 0; MQTT 5 has a length of properties, which are none. */
    @Override
    public ByteBuf encode(ByteBufAllocator allocator) {
        boolean five = level == MqttClient.LEVEL_5;
        ByteBuf packet = allocator
                .buffer(5)
                .writeByte(CONNACK)
                .writeByte(five ? 3 : 2)
                .writeByte(0)
                .writeByte(code);
        return five ? packet.writeByte(0) : packet;
    }

    private static int codeOf3(RefusalReason reason) {
        return switch (reason) {
            case PROTOCOL_LEVEL -> 1;
            case CLIENT_ID_MALFORMED -> 2;
            case GATEWAY_STOPPING, TOO_MANY_CONNECTIONS, RATE_LIMITED, INTERNAL_ERROR -> 3;
            case CREDENTIALS_MISSING, CREDENTIALS_MISMATCH -> 4;
            case ADDRESS_DENIED -> 5;
            default -> 0;
        };
    }

    private static int codeOf5(RefusalReason reason) {
        return switch (reason) {
            case INTERNAL_ERROR -> 0x80;
            case MALFORMED_CONNECT -> 0x81;
            case PROTOCOL_LEVEL -> 0x84;
            case CLIENT_ID_MALFORMED -> 0x85;
            case CREDENTIALS_MISSING, CREDENTIALS_MISMATCH -> 0x86;
            case ADDRESS_DENIED -> 0x87;
            case GATEWAY_STOPPING -> 0x88;
            case RATE_LIMITED -> 0x8A;
            case PACKET_TOO_LARGE -> 0x95;
            case TOO_MANY_CONNECTIONS -> 0x97;
            default -> 0;
        };
    }
}
