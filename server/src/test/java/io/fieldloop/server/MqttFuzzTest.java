package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Whatever comes to the MQTT port and the voice port, the gateway decides and goes on.
 *
 * <p>The first byte of an input says how: bit 0 the stance, the rest how many bytes arrive at a time (0: all at once).
 */
class MqttFuzzTest {
    /** Longer than every limit, also where the gateway's own words count as a sign of life; compat has none for a CONNECT. */
    private static final Duration LONG = Duration.ofMinutes(20);

    @FuzzTest(maxDuration = "10m")
    void firstContact(byte[] data) {
        try (FrozenGateway gateway = gateway(data)) {
            FrozenGateway.Client client = gateway.connect("mqtt", "192.0.2.7");
            send(data, client::send);
            gateway.advance(LONG);
            client.bytes();
            client.leave();
            assertSound(gateway);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void packetsOfAConnectedClient(byte[] data) {
        try (FrozenGateway gateway = gateway(data)) {
            FrozenMqtt client = FrozenMqtt.connected(gateway);
            FrozenMqtt other =
                    new FrozenMqtt(gateway).send(MqttBytes.connect(4, "GID_o@@@aa_bb_cc_dd_ee_ff@@@o", null, null, 0));
            other.packets();
            send(data, client::send);
            gateway.advance(LONG);
            assertThat(client.closed()).isTrue();
            assertThat(other.send(MqttBytes.ping()).packets()).isNotEmpty();
            assertSound(gateway);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void datagrams(byte[] data) {
        try (FrozenGateway gateway = gateway(data)) {
            FrozenGateway.Datagrams voice = gateway.voice("voice");
            JsonNode udp = FrozenMqtt.connected(gateway).hello().message().path("udp");
            byte[] nonce = HexFormat.of().parseHex(udp.path("nonce").asText());
            send(data, bytes -> {
                voice.send("192.0.2.9", 9, bytes);
                // The same as a packet of the flow, from its type on.
                byte[] own = Arrays.copyOf(bytes, Math.max(bytes.length, 8));
                own[0] = 1;
                ByteBuffer.wrap(own).putInt(4, ByteBuffer.wrap(nonce).getInt(4));
                voice.send("192.0.2.9", 9, own);
            });
            gateway.advance(LONG);
            voice.sent();
            assertThat(gateway.events().of(GatewayEvent.AcceptFailed.class)).isEmpty();
            assertSound(gateway);
        }
    }

    private static FrozenGateway gateway(byte[] data) {
        Stance stance = data.length > 0 && (data[0] & 1) != 0 ? Stance.COMPAT : Stance.HARDENED;
        return FrozenMqtt.gateway(config -> config.stance(stance));
    }

    private static void send(byte[] data, Consumer<byte[]> way) {
        int chunk = data.length == 0 ? 0 : (data[0] & 0xff) >> 1;
        for (int at = 1; at < data.length; at += chunk == 0 ? data.length : chunk) {
            way.accept(Arrays.copyOfRange(data, at, chunk == 0 ? data.length : Math.min(data.length, at + chunk)));
        }
    }

    private static void assertSound(FrozenGateway gateway) {
        assertThat(gateway.events().of(GatewayEvent.HandshakeRefused.class))
                .extracting(event -> event.refusal().reason())
                .doesNotContain(RefusalReason.INTERNAL_ERROR);
        assertThat(gateway.events().of(GatewayEvent.SessionClosed.class))
                .extracting(GatewayEvent.SessionClosed::reason)
                .doesNotContain(CloseReason.INTERNAL_ERROR);
    }
}
