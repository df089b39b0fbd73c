package io.fieldloop.server.mqtt;

import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.nio.charset.StandardCharsets;

/** Takes what a client publishes: what a device says to the gateway, and what is for whoever subscribed. */
final class PublishHandler implements PacketHandler<MqttPublishMessage> {
    private final MqttBroker broker;

    PublishHandler(MqttBroker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(MqttClient client, MqttPublishMessage packet) {
        int qos = packet.fixedHeader().qosLevel().value();
        String topic = packet.variableHeader().topicName();
        if (!broker.hardened()) {
            takeAnyTopic(client, packet, qos);
        } else if (qos > 1) {
            client.refuse(
                    MqttReasonCodes.Disconnect.QOS_NOT_SUPPORTED,
                    CloseReason.UNSUPPORTED_DATA,
                    "PUBLISH with QoS 2, of which there is none here");
        } else if (topic.isEmpty() || hasAlias(packet)) {
            client.refuse(
                    MqttReasonCodes.Disconnect.TOPIC_ALIAS_INVALID,
                    CloseReason.PROTOCOL_ERROR,
                    "PUBLISH with a topic alias or without a topic; the CONNACK allowed no alias");
        } else {
            take(client, packet, topic, qos);
        }
    }

    /** The CONNACK names no Topic Alias Maximum, which means 0 (MQTT 5, 3.2.2.3.8). */
    private static boolean hasAlias(MqttPublishMessage packet) {
        return packet.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS) != null;
    }

    /** xiaozhi-mqtt-gateway looks at no topic, and closes for QoS 1 and 2. */
    private static void takeAnyTopic(MqttClient client, MqttPublishMessage packet, int qos) {
        if (qos > 0) {
            client.refuse(
                    MqttReasonCodes.Disconnect.QOS_NOT_SUPPORTED,
                    CloseReason.PROTOCOL_ERROR,
                    "PUBLISH with QoS " + qos + ", at which xiaozhi-mqtt-gateway closes");
        } else {
            client.session().text(packet.payload().toString(StandardCharsets.UTF_8));
        }
    }

    private void take(MqttClient client, MqttPublishMessage packet, String topic, int qos) {
        boolean allowed = broker.rights().mayPublish(client, topic);
        if (qos == 1) {
            client.acknowledge(packet.variableHeader().packetId(), allowed);
        }
        if (!allowed) {
            client.emit(new GatewayEvent.ProtocolError(
                    client.connection().id(), GatewayEvent.ProtocolError.Reason.TOPIC_DENIED, topic));
        } else if (topic.equals(broker.config().publishTopic())) {
            toGateway(client, packet, topic);
        } else {
            toSubscribers(client, packet, topic, qos);
        }
    }

    /** Those who watch get it too, before the answer. */
    private void toGateway(MqttClient client, MqttPublishMessage packet, String topic) {
        if (!broker.topics().listeners(topic).isEmpty()) {
            broker.publish(client, publication(client, packet, topic));
        }
        client.session().text(packet.payload().toString(StandardCharsets.UTF_8));
    }

    private void toSubscribers(MqttClient client, MqttPublishMessage packet, String topic, int qos) {
        Publication publication = publication(client, packet, topic);
        int receivers = broker.publish(client, publication);
        client.emit(new GatewayEvent.Published(
                client.connection().id(), topic, publication.payload().length, qos, publication.retain(), receivers));
    }

    private static Publication publication(MqttClient client, MqttPublishMessage packet, String topic) {
        return new Publication(
                topic,
                ByteBufUtil.getBytes(packet.payload()),
                packet.fixedHeader().qosLevel().value(),
                packet.fixedHeader().isRetain(),
                PassedProperties.of(
                        packet.variableHeader().properties(),
                        client.connection().nanoTime()));
    }
}
