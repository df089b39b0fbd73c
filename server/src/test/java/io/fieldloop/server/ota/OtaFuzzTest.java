package io.fieldloop.server.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.server.FrozenGateway;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.ota.OtaConfig.Activation;
import io.fieldloop.server.ota.OtaConfig.Firmware;
import io.fieldloop.server.ota.OtaConfig.Imitated;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Whatever a client asks the OTA listener, it is answered or refused, and the connection ends.
 *
 * <p>The first byte of an input says how: bits 0 and 1 whose answers, the rest how many bytes arrive at a time (0: all at once).
 */
class OtaFuzzTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Firmware FIRMWARE = new Firmware(FirmwareImage.sample("1.0.1", 5000), "1.0.1", false);

    private static FrozenGateway gateway(byte[] data) {
        int kind = data.length == 0 ? 0 : data[0] & 3;
        return OtaRequests.gateway(
                kind == 0 || kind == 3 ? Stance.HARDENED : Stance.COMPAT,
                ota -> ota.firmware(FIRMWARE)
                        .activation(new Activation(Duration.ofMinutes(1), Map.of("S", "00".repeat(32))))
                        .imitates(kind == 1 ? Imitated.MANAGER_API : Imitated.SINGLE_MODULE));
    }

    @FuzzTest(maxDuration = "10m")
    void requests(byte[] data) {
        try (FrozenGateway gateway = gateway(data)) {
            FrozenGateway.Client client = gateway.connect();
            int chunk = data.length == 0 ? 0 : (data[0] & 0xff) >> 2;
            for (int at = 1; at < data.length; at += chunk == 0 ? data.length : chunk) {
                client.send(Arrays.copyOfRange(data, at, chunk == 0 ? data.length : Math.min(data.length, at + chunk)));
            }
            assertEnds(gateway, client);
        }
    }

    /** The input is a body, behind a head that is right. */
    @FuzzTest(maxDuration = "10m")
    void bodies(byte[] data) {
        try (FrozenGateway gateway = gateway(data)) {
            OtaRequests.check(gateway);
            for (String path : new String[] {"/xiaozhi/ota/", "/xiaozhi/ota/activate"}) {
                String head = OtaRequests.post(path, "", "Serial-Number: S");
                FrozenGateway.Client client = gateway.connect();
                client.send(head.substring(0, head.length() - 2) + "Content-Length: " + data.length + "\r\n\r\n");
                client.send(data);
                assertEnds(gateway, client);
            }
        }
    }

    private static void assertEnds(FrozenGateway gateway, FrozenGateway.Client client) {
        gateway.advance(LONG);
        assertThat(new String(client.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("500 Internal");
        assertThat(client.closed()).isTrue();
        assertThat(gateway.events().of(GatewayEvent.HandshakeRefused.class))
                .extracting(event -> event.refusal().reason())
                .doesNotContain(RefusalReason.INTERNAL_ERROR);
    }
}
