package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.profile.DeviceProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device behind a modem: its WebSocket is commands and lines on a UART. */
class ModemDeviceTest {

    @Test
    void opensItsChannelThroughTheModem() {
        try (Bench bench = new Bench("xiaozhi-ml307")) {
            bench.device.openChannel();
            assertThat(bench.dials)
                    .as("nothing is dialled before the commands are answered")
                    .isZero();

            bench.after(Duration.ofMillis(50));
            assertThat(bench.dialled).isEqualTo("gateway.test:8000");
            assertThat(bench.receivesText()).startsWith("GET /xiaozhi/v1/ HTTP/1.1");
        }
    }

    @Test
    void sendsInPiecesOf730BytesEachInACommandOfItsOwn() {
        String longToken = "t".repeat(1000);
        DeviceConfig config = DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-ml307"), Bench.URL)
                .withToken(longToken);
        try (Bench bench = new Bench(config)) {
            bench.device.openChannel();
            List<Integer> pieces = new ArrayList<>();
            for (int millis = 0; millis < 60; millis++) {
                pieces.add(bench.after(Duration.ofMillis(1)).receivesText().length());
            }
            pieces.removeIf(bytes -> bytes == 0);
            assertThat(pieces).hasSizeGreaterThan(1).startsWith(730).allMatch(bytes -> bytes <= 730);
        }
    }
}
