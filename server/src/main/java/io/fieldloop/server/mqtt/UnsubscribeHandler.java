package io.fieldloop.server.mqtt;

import io.fieldloop.server.event.GatewayEvent;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.List;

/** Takes subscriptions back. */
final class UnsubscribeHandler implements PacketHandler<MqttUnsubscribeMessage> {
    @Override
    public void handle(MqttClient client, MqttUnsubscribeMessage packet) {
        List<Short> codes = new ArrayList<>();
        for (String filter : packet.payload().topics()) {
            boolean there = client.unsubscribe(filter);
            codes.add((short)
                    (there
                            ? MqttReasonCodes.UnsubAck.SUCCESS.byteValue()
                            : MqttReasonCodes.UnsubAck.NO_SUBSCRIPTION_EXISTED.byteValue()));
            if (there) {
                client.emit(new GatewayEvent.Unsubscribed(client.connection().id(), filter));
            }
        }
        client.acknowledgeUnsubscribe(packet.variableHeader().messageId(), codes);
    }
}
