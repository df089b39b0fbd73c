package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.profile.DeviceProfile;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a device keeps over a restart; names as in xiaozhi-esp32, main/protocols/websocket_protocol.cc and main/boards/common/board.cc. */
class NvsStoreTest {

    private static final DeviceConfig FLASHED = DeviceConfig.of("door", DeviceProfile.named("xiaozhi-wifi"), Bench.URL)
            .withToken("flashed");

    private final NvsStore nvs = NvsStore.inMemory();

    @Test
    void whatIsNotStoredIsAsConfigured() {
        try (Bench bench = new Bench(FLASHED, nvs)) {
            bench.device.openChannel();
            assertThat(bench.receivesText())
                    .contains("Authorization: Bearer flashed", "Client-Id: " + FLASHED.clientId());
        }
        assertThat(nvs.get("board", "uuid")).isEqualTo(FLASHED.clientId());
    }

    @Test
    void devicesOfOneRuntimeHaveStoresOfTheirOwn() {
        DeviceRuntime shared = new DeviceRuntime(
                new EmbeddedChannel().eventLoop(),
                (loop, host, port, pipeline) -> new EmbeddedChannel().newPromise(),
                Bench.seeded(),
                () -> Instant.EPOCH);
        assertThat(shared.nvs().get()).isNotSameAs(shared.nvs().get());
    }

    @Test
    void theNextAttemptFindsWhatWasStoredSinceTheLast() {
        try (Bench bench = new Bench(FLASHED, nvs)) {
            bench.device.openChannel();
            bench.device.closeChannel();
            nvs.set("websocket", "url", "ws://moved.test:9000/elsewhere");
            nvs.set("websocket", "token", "renewed");
            nvs.set("websocket", "version", "3");
            bench.device.openChannel();
            assertThat(bench.dialled).isEqualTo("moved.test:9000");
            assertThat(bench.receivesText())
                    .startsWith("GET /elsewhere HTTP/1.1")
                    .contains("Authorization: Bearer renewed", "Protocol-Version: 3");
        }
    }

    @Test
    void aRestartedDeviceIsTheSameClient() {
        new Bench(FLASHED, nvs).close();
        DeviceConfig reflashed = FLASHED.withIds("02:00:00:00:00:01", "another-uuid");
        try (Bench bench = new Bench(reflashed, nvs)) {
            bench.device.openChannel();
            assertThat(bench.receivesText()).contains("Client-Id: " + FLASHED.clientId());
        }
    }
}
