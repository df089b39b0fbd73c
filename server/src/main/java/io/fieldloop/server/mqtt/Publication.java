package io.fieldloop.server.mqtt;

import io.netty.buffer.ByteBufUtil;

/** What is published; all receivers share the payload, which is not to be written to. */
final class Publication {
    private final String topic;
    private final byte[] payload;
    private final int qos;
    private final boolean retain;
    private final PassedProperties properties;

    /** @param retain whether it was published to be kept */
    Publication(String topic, byte[] payload, int qos, boolean retain, PassedProperties properties) {
        this.topic = topic;
        this.payload = payload;
        this.qos = qos;
        this.retain = retain;
        this.properties = properties;
    }

    /** A will is said now. */
    Publication saidAt(long nanos) {
        return new Publication(topic, payload, qos, retain, properties.saidAt(nanos));
    }

    String topic() {
        return topic;
    }

    byte[] payload() {
        return payload;
    }

    int qos() {
        return qos;
    }

    boolean retain() {
        return retain;
    }

    PassedProperties properties() {
        return properties;
    }

    /** The size of its PUBLISH to an MQTT 5 client. */
    int packetBytes(int qos) {
        int said = properties.bytes();
        int body = 2 + ByteBufUtil.utf8Bytes(topic) + (qos > 0 ? 2 : 0) + lengthBytes(said) + said + payload.length;
        return 1 + lengthBytes(body) + body;
    }

    private static int lengthBytes(int length) {
        return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : 4;
    }
}
