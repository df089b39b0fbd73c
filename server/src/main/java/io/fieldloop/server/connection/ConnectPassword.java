package io.fieldloop.server.connection;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Finds the password in an MQTT CONNECT packet (MQTT 3.1.1 section 3.1, MQTT 5.0 section 3.1): it is the last field and has no name.
 */
final class ConnectPassword {
    private static final byte CONNECT = 0x10;
    private static final Set<String> PROTOCOLS = Set.of("MQTT", "MQIsdp");
    private static final int WITH_PROPERTIES = 5;
    private static final int USER_NAME = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL = 0x04;

    private ConnectPassword() {}

    /** Blanks it in bytes that begin with such a packet, as far as it is in them. */
    static void blank(byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        try {
            if (packet.get() == CONNECT) {
                number(packet);
                blank(packet);
            }
        } catch (BufferUnderflowException cutBeforeIt) {
            return;
        }
    }

    private static void blank(ByteBuffer packet) {
        byte[] protocol = new byte[Math.min(length(packet), packet.remaining())];
        packet.get(protocol);
        if (!PROTOCOLS.contains(new String(protocol, StandardCharsets.US_ASCII))) {
            return;
        }
        boolean properties = packet.get() == WITH_PROPERTIES;
        int flags = packet.get();
        packet.getShort(); // keep-alive
        skip(packet, properties ? number(packet) : 0);
        skip(packet, length(packet)); // client id
        if ((flags & WILL) != 0) {
            skip(packet, properties ? number(packet) : 0);
            skip(packet, length(packet)); // its topic
            skip(packet, length(packet));
        }
        if ((flags & USER_NAME) != 0) {
            skip(packet, length(packet));
        }
        if ((flags & PASSWORD) != 0) {
            for (int left = Math.min(length(packet), packet.remaining()); left > 0; left--) {
                packet.put((byte) '*');
            }
        }
    }

    private static int length(ByteBuffer packet) {
        return Short.toUnsignedInt(packet.getShort());
    }

    /** A variable byte integer: seven bits a byte, the lowest first. */
    private static int number(ByteBuffer packet) {
        int number = 0;
        int shift = 0;
        byte part;
        do {
            part = packet.get();
            number |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0 && shift < 28);
        return number;
    }

    private static void skip(ByteBuffer packet, int bytes) {
        if (bytes > packet.remaining()) {
            throw new BufferUnderflowException();
        }
        packet.position(packet.position() + bytes);
    }
}
