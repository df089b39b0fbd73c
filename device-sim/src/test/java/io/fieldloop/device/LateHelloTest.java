package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.DeviceProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The event bit nobody clears: protocol reference 1.5, hazard. */
class LateHelloTest {

    @Test
    void aHelloAfterTheLimitSatisfiesTheNextAttempt() {
        try (Bench bench = new Bench("xiaozhi-wifi")) {
            var first = bench.device.openChannel();
            bench.acceptsUpgrade().after(Duration.ofSeconds(10));
            assertThat(bench.failure(first).reason()).isEqualTo(FailureReason.HELLO_TIMEOUT);
            assertThat(bench.wire().isOpen())
                    .as("left open until the next attempt")
                    .isTrue();
            bench.after(Duration.ofMillis(100)).sendsText(Bench.SERVER_HELLO);
            assertThat(bench.kinds()).doesNotContain("online");

            var left = bench.wire();
            var second = bench.device.openChannel();
            assertThat(left.isOpen()).isFalse();
            bench.acceptsUpgrade();
            assertThat(second).isCompletedWithValueMatching(ConnectOutcome.Online.class::isInstance);

            bench.device.closeChannel();
            var third = bench.device.openChannel();
            bench.acceptsUpgrade();
            assertThat(third).as("the bit was taken").isNotDone();
        }
    }

    @Test
    void aProfileWithoutTheHazardClosesAtOnce() {
        DeviceProfile clean = DeviceProfile.named("xiaozhi-wifi").withKeepsLateHello(false);
        try (Bench bench = new Bench(DeviceConfig.of("bench", clean, Bench.URL))) {
            bench.device.openChannel();
            bench.acceptsUpgrade().after(Duration.ofSeconds(10));
            assertThat(bench.wire().isOpen()).isFalse();
        }
    }
}
