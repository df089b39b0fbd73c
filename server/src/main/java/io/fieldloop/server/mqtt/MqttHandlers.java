package io.fieldloop.server.mqtt;

/** Who takes which kind of packet; the same for all connections of a gateway. */
record MqttHandlers(
        ConnectHandler connect, PublishHandler publish, SubscribeHandler subscribe, UnsubscribeHandler unsubscribe) {
    static MqttHandlers of(MqttBroker broker) {
        return new MqttHandlers(
                new ConnectHandler(broker),
                new PublishHandler(broker),
                new SubscribeHandler(broker),
                new UnsubscribeHandler());
    }
}
