package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.DeviceProfile;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserPolicyTest {

    private static Bench bench(UserPolicy policy) {
        return new Bench(DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-wifi"), Bench.URL)
                .withUserPolicy(policy));
    }

    private static List<Duration> pauses(Bench bench) {
        return bench.events.stream()
                .filter(DeviceEvent.ReconnectScheduled.class::isInstance)
                .map(event -> ((DeviceEvent.ReconnectScheduled) event).in())
                .toList();
    }

    @Test
    void triesAgainAfterAFailureAndGivesUp() {
        UserPolicy policy = new UserPolicy(Duration.ofSeconds(5), Duration.ZERO, 3);
        try (Bench bench = bench(policy).failingNetwork(new ConnectException("Connection refused"))) {
            bench.device.openChannel();
            bench.after(Duration.ofMillis(14_999));
            assertThat(bench.dials).isEqualTo(3);
            bench.after(Duration.ofMinutes(10));
            assertThat(bench.dials).isEqualTo(4);
            assertThat(pauses(bench)).hasSize(3).containsOnly(Duration.ofSeconds(5));
        }
    }

    @Test
    void triesAgainAfterALossAndCountsAnewWhenOnline() {
        UserPolicy policy = new UserPolicy(Duration.ofSeconds(1), Duration.ZERO, 1);
        try (Bench bench = bench(policy).online()) {
            for (int round = 0; round < 3; round++) {
                bench.sendsFin().after(Duration.ofSeconds(1)).acceptsUpgrade().sendsText(Bench.SERVER_HELLO);
            }
            assertThat(bench.dials).isEqualTo(4);
            assertThat(bench.kinds()).filteredOn("online"::equals).hasSize(4);
        }
    }

    @Test
    void spreadsThePausesByTheSeed() {
        UserPolicy policy = new UserPolicy(Duration.ofSeconds(5), Duration.ofSeconds(2), 20);
        try (Bench one = bench(policy).failingNetwork(new ConnectException("Connection refused"));
                Bench two = bench(policy).failingNetwork(new ConnectException("Connection refused"))) {
            for (Bench bench : List.of(one, two)) {
                bench.device.openChannel();
                bench.after(Duration.ofMinutes(5));
            }
            assertThat(pauses(one))
                    .hasSize(20)
                    .doesNotHaveDuplicates()
                    .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7)))
                    .isEqualTo(pauses(two));
        }
    }

    @Test
    void closingTheChannelIsNoReasonToTryAgain() {
        UserPolicy policy = new UserPolicy(Duration.ofSeconds(1), Duration.ZERO, 9);
        try (Bench bench = bench(policy).online()) {
            bench.device.closeChannel();
            bench.after(Duration.ofMinutes(1));
            assertThat(bench.dials).isEqualTo(1);
        }
    }

    @Test
    void givingUpAnAttemptIsItsOutcome() {
        try (Bench bench = bench(new UserPolicy(Duration.ofSeconds(1), Duration.ZERO, 9))) {
            var outcome = bench.device.openChannel();
            bench.device.closeChannel();
            assertThat(bench.failure(outcome).reason()).isEqualTo(FailureReason.CLOSED_BY_USER);
            bench.after(Duration.ofMinutes(1));
            assertThat(bench.dials).isEqualTo(1);
            assertThat(bench.kinds()).filteredOn("refused"::equals).hasSize(1);
        }
    }

    @Test
    void asksTwiceAndSharesOneAttempt() {
        try (Bench bench = bench(UserPolicy.none())) {
            var first = bench.device.openChannel();
            var second = bench.device.openChannel();
            bench.acceptsUpgrade().sendsText(Bench.SERVER_HELLO);
            assertThat(bench.dials).isEqualTo(1);
            assertThat(first.join()).isEqualTo(second.join());
        }
    }
}
