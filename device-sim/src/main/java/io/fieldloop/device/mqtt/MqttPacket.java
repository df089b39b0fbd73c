package io.fieldloop.device.mqtt;

import io.netty.buffer.ByteBuf;

/** A packet of the broker, as far as a device cares. */
sealed interface MqttPacket {

    record Connack(boolean sessionPresent, int returnCode) implements MqttPacket {}

    /** A message to whatever topic, which the firmware ignores; whoever takes it releases the payload. */
    record Publish(ByteBuf payload, int qos, int packetId) implements MqttPacket {}

    record Pingresp() implements MqttPacket {}

    /** Any other packet, which changes nothing for a client that neither subscribes nor publishes above QoS 0. */
    record Other(int type) implements MqttPacket {}

    /** The stream is no MQTT from here on; {@code line} is what the client logs. */
    record Malformed(String line) implements MqttPacket {}
}
