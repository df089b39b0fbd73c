package io.fieldloop.device.mqtt;

import io.netty.buffer.ByteBuf;

/** A packet of the broker, as far as a device cares. */
public sealed interface MqttPacket {

    record Connack(boolean sessionPresent, int returnCode) implements MqttPacket {}

    /** A message; xiaozhi ignores its topic. Whoever takes it releases the payload. */
    record Publish(String topic, ByteBuf payload, int qos, int packetId) implements MqttPacket {}

    /** A PUBACK or SUBACK. */
    record Acknowledged(int type, int packetId) implements MqttPacket {}

    record Pingresp() implements MqttPacket {}

    /** Any other packet, which changes nothing for a client that neither unsubscribes nor uses QoS 2. */
    record Other(int type) implements MqttPacket {}

    /** The stream is no MQTT from here on; {@code line} is what the client logs. */
    record Malformed(String line) implements MqttPacket {}
}
