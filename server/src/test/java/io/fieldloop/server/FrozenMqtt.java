package io.fieldloop.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** A client on the MQTT listener of a {@link FrozenGateway}. */
final class FrozenMqtt {
    static final String DEVICE = "GID_test@@@11_22_33_44_55_66@@@11_22_33_44_55_66";
    static final String REPLIES = "devices/p2p/11_22_33_44_55_66";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FrozenGateway.Client client;
    private final Deque<MqttBytes.Packet> unread = new ArrayDeque<>();

    FrozenMqtt(FrozenGateway gateway) {
        client = gateway.connect("mqtt", "192.0.2.7");
    }

    /** A gateway with one listener for each half of the transport. */
    static FrozenGateway gateway(UnaryOperator<GatewayConfig.Builder> more) {
        return new FrozenGateway(config ->
                more.apply(config.listener(new ListenerConfig.Mqtt("mqtt", RunningGateway.anyLoopbackPort(), null))
                        .listener(new ListenerConfig.Voice("voice", RunningGateway.anyLoopbackPort()))));
    }

    /** A device whose CONNECT was accepted. */
    static FrozenMqtt connected(FrozenGateway gateway) {
        FrozenMqtt device = new FrozenMqtt(gateway).send(MqttBytes.connect(DEVICE));
        device.packets();
        return device;
    }

    FrozenMqtt send(byte[] bytes) {
        client.send(bytes);
        return this;
    }

    FrozenMqtt say(String message) {
        return send(MqttBytes.publish("device-server", message));
    }

    FrozenMqtt hello() {
        return say("{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\",\"audio_params\":"
                + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}");
    }

    /** Everything not read yet. */
    List<MqttBytes.Packet> packets() {
        unread.addAll(MqttBytes.parse(client.bytes()));
        List<MqttBytes.Packet> packets = new ArrayList<>(unread);
        unread.clear();
        return packets;
    }

    /** The next packet as hex. */
    String answer() {
        return java.util.HexFormat.of().formatHex(client.bytes());
    }

    JsonNode message() {
        unread.addAll(MqttBytes.parse(client.bytes()));
        MqttBytes.Packet packet = unread.pollFirst();
        if (packet == null) {
            throw new AssertionError("The gateway said nothing");
        }
        try {
            return JSON.readTree(packet.payload());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    boolean closed() {
        return client.closed();
    }

    FrozenGateway.Client client() {
        return client;
    }
}
