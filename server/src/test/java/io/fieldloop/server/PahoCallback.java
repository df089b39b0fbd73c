package io.fieldloop.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Keeps what a Paho client of MQTT 5 hears, as lines and as messages with their properties. */
record PahoCallback(Queue<String> heard, Queue<MqttMessage> messages) implements MqttCallback {
    PahoCallback(Queue<String> heard) {
        this(heard, new ConcurrentLinkedQueue<>());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        heard.add("disconnected " + response.getReturnCode());
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        heard.add(topic + " " + message);
        messages.add(message);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
