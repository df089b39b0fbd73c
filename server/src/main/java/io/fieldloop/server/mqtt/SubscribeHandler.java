package io.fieldloop.server.mqtt;

import io.fieldloop.server.event.GatewayEvent;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes subscriptions, answers each with its code, and hands out what was kept for it. */
final class SubscribeHandler implements PacketHandler<MqttSubscribeMessage> {
    private static final int QOS_MAX = 1;

    /** The one code of MQTT 3.1.1 for a filter that is refused. */
    private static final int FAILURE = 0x80;

    private final MqttBroker broker;

    SubscribeHandler(MqttBroker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(MqttClient client, MqttSubscribeMessage packet) {
        List<Integer> codes = new ArrayList<>();
        List<Runnable> after = new ArrayList<>();
        for (MqttTopicSubscription wanted : packet.payload().topicSubscriptions()) {
            codes.add(subscribe(client, wanted, after));
        }
        client.acknowledgeSubscribe(packet.variableHeader().messageId(), codes);
        after.forEach(Runnable::run);
    }

    private int subscribe(MqttClient client, MqttTopicSubscription wanted, List<Runnable> after) {
        String filter = wanted.topicFilter();
        MqttReasonCodes.SubAck refusal = refusal(client, filter);
        if (refusal != null) {
            return client.level() == MqttClient.LEVEL_5 ? refusal.byteValue() & 0xff : FAILURE;
        }
        MqttSubscriptionOption option = wanted.option();
        int qos = Math.min(option.qos().value(), QOS_MAX);
        Subscription subscription = new Subscription(
                client, new TopicFilter(filter), qos, option.isNoLocal(), option.isRetainAsPublished());
        boolean fresh = client.subscribe(subscription);
        boolean wantsKept = switch (option.retainHandling()) {
            case SEND_AT_SUBSCRIBE -> true;
            case SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS -> fresh;
            case DONT_SEND_AT_SUBSCRIBE -> false;
        };
        if (wantsKept) {
            after.add(() -> broker.topics()
                    .kept(subscription.filter(), client.connection().nanoTime())
                    .forEach(one -> client.deliver(one, Math.min(qos, one.qos()), true)));
        }
        client.emit(new GatewayEvent.Subscribed(client.connection().id(), filter, qos));
        return qos;
    }

    private MqttReasonCodes.@Nullable SubAck refusal(MqttClient client, String filter) {
        if (TopicFilter.isShared(filter)) {
            return MqttReasonCodes.SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
        }
        if (!TopicFilter.isValid(filter)) {
            return MqttReasonCodes.SubAck.TOPIC_FILTER_INVALID;
        }
        if (!broker.rights().maySubscribe(client, filter)) {
            return MqttReasonCodes.SubAck.NOT_AUTHORIZED;
        }
        return client.subscriptions() >= broker.config().subscriptionsMax()
                ? MqttReasonCodes.SubAck.QUOTA_EXCEEDED
                : null;
    }
}
