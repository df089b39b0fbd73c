package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Whatever a client sends, the gateway decides and goes on: no exception, no internal error, no connection forgotten.
 *
 * <p>The first byte of an input says how: bit 0 the stance, the rest how many bytes arrive at a time (0: all at once).
 */
class GatewayFuzzTest {
    /** Longer than every limit: first byte, request, hello, idle. */
    private static final Duration LONG = Duration.ofMinutes(5);

    @FuzzTest(maxDuration = "10m")
    void firstContact(byte[] data) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.stance(stance(data)))) {
            FrozenGateway.Client client = gateway.connect();
            send(data, client::send);
            gateway.advance(LONG);

            client.bytes();
            assertThat(client.closed()).isTrue();
            assertSound(gateway);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void framesOfAnUpgradedDevice(byte[] data) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.stance(stance(data)))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            send(data, device::sendRaw);
            gateway.advance(LONG);

            assertThat(device.closed()).isTrue();
            assertSound(gateway);
        }
    }

    /** Each line is a message: JSON text, or binary after a {@code #}; so the input need not be framed and masked. */
    @FuzzTest(maxDuration = "10m")
    void messagesOfAnUpgradedDevice(byte[] data) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.stance(stance(data)))) {
            FrozenDevice device = new FrozenDevice(gateway);
            for (String line : new String(data, StandardCharsets.ISO_8859_1).split("\n", 20)) {
                byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                boolean binary = line.startsWith("#");
                device.sendFrame(binary ? 2 : 1, binary ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
                gateway.advance(Duration.ofMillis(500));
            }
            gateway.advance(LONG);

            assertThat(device.closed()).isTrue();
            assertSound(gateway);
        }
    }

    private static Stance stance(byte[] data) {
        return data.length > 0 && (data[0] & 1) != 0 ? Stance.COMPAT : Stance.HARDENED;
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
