package io.fieldloop.server.mqtt;

import io.netty.handler.codec.mqtt.MqttMessage;

/** Takes one kind of packet of a connected client. */
@FunctionalInterface
interface PacketHandler<P extends MqttMessage> {
    void handle(MqttClient client, P packet);
}
