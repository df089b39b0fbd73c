package io.fieldloop.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** MQTT packets written and read by hand, so that no codec of ours is its own judge. */
public final class MqttBytes {
    private MqttBytes() {}

    /** One packet: its first byte and the octets behind the remaining length, one character each. */
    public record Packet(int first, String octets) {
        public int type() {
            return first >> 4;
        }

        /** The topic of a PUBLISH. */
        public String topic() {
            return utf8(octets.substring(2, 2 + length()));
        }

        /** The payload of a QoS 0 PUBLISH of MQTT 3.1.1. */
        public String payload() {
            return utf8(octets.substring(2 + length()));
        }

        private int length() {
            return (octets.charAt(0) << 8) | octets.charAt(1);
        }

        private static String utf8(String octets) {
            return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    public static byte[] connect(String clientId) {
        return connect(4, clientId, null, null, 240);
    }

    /** CONNECT with a clean session: protocol name, level, flags, keep-alive, then strings. */
    public static byte[] connect(int level, String clientId, String user, String password, int keepAliveSeconds) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, level == 3 ? "MQIsdp" : "MQTT");
        body.write(level);
        body.write(2 | (user == null ? 0 : 0x80) | (password == null ? 0 : 0x40));
        u16(body, keepAliveSeconds);
        if (level == 5) {
            body.write(0); // no properties
        }
        text(body, clientId);
        if (user != null) {
            text(body, user);
        }
        if (password != null) {
            text(body, password);
        }
        return packet(0x10, body.toByteArray());
    }

    public static byte[] publish(String topic, String payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x30, body.toByteArray());
    }

    /** QoS 1. */
    public static byte[] publish(String topic, String payload, int id) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        u16(body, id);
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x32, body.toByteArray());
    }

    public static byte[] subscribe(int id, int qos, String... filters) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        u16(body, id);
        for (String filter : filters) {
            text(body, filter);
            body.write(qos);
        }
        return packet(0x82, body.toByteArray());
    }

    public static byte[] ping() {
        return packet(0xC0, new byte[0]);
    }

    public static byte[] disconnect() {
        return packet(0xE0, new byte[0]);
    }

    public static byte[] packet(int first, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int left = body.length;
        do {
            packet.write(left > 127 ? (left & 127) | 128 : left);
            left >>= 7;
        } while (left > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    public static List<Packet> parse(byte[] bytes) {
        List<Packet> packets = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int first = bytes[at++] & 0xff;
            int length = 0;
            int shift = 0;
            int next;
            do {
                next = bytes[at++] & 0xff;
                length |= (next & 127) << shift;
                shift += 7;
            } while (next > 127);
            packets.add(new Packet(first, new String(bytes, at, length, StandardCharsets.ISO_8859_1)));
            at += length;
        }
        return packets;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        u16(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value & 0xff);
    }
}
