package io.fieldloop.device.link.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The link as arithmetic: no channel, no clock. */
final class FlowModelTest {
    private static final long START = 1_000_000_007L;
    private static final long SPACED = TimeUnit.SECONDS.toNanos(100);

    private RadioModel radio = new RadioModel(LinkProfile.NONE, START);

    private FlowModel flow(long seed, String... keysAndValues) {
        LinkProfile profile = LinkProfile.NONE;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            profile = profile.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        radio = new RadioModel(profile, START);
        return flow(seed, 1, START);
    }

    private FlowModel flow(long seed, long ordinal, long nowNanos) {
        return new FlowModel(new LinkedConnection(radio, event -> {}, ordinal, nowNanos), radio, seed, ordinal);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - START);
    }

    private static long at(long millis) {
        return START + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void anMtuBlackHoleTakesFullSegmentsAndLetsSmallOnesPass() {
        FlowModel flow = flow(1, "mtu", "1400B", "oversize", "lost");

        assertThat(flow.pieceBytesMax(Direction.UPSTREAM)).isEqualTo(1460);
        assertThat(flow.pass(Direction.UPSTREAM, 1360, START).arrives()).isTrue();
        assertThat(flow.pass(Direction.UPSTREAM, 1361, START).outcome()).isEqualTo(SegmentVerdict.Outcome.GIVEN_UP);
        assertThat(flow.pass(Direction.UPSTREAM, 1, START).outcome()).isEqualTo(SegmentVerdict.Outcome.VANISHES);
    }

    @ParameterizedTest
    @CsvSource({
        "constant, 100, 30, 0",
        "uniform, 100, 30, 17.32", // a uniform spread of +-30 deviates by 30 / sqrt 3
        "normal, 100, 30, 30",
        "lognormal, 100, 30, 30",
        "pareto, 100, 30, 30"
    })
    void delaysHaveTheMeanAndTheDeviationAskedFor(String kind, double mean, String jitter, double deviation) {
        FlowModel flow = flow(42, "delay", mean + "ms", "jitter", jitter + "ms", "distribution", kind);
        int packets = 100_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < packets; i++) {
            long sent = START + i * SPACED;
            double delay = (flow.pass(Direction.UPSTREAM, 100, sent).atNanos() - sent) / 1e6;
            sum += delay;
            squares += delay * delay;
        }
        double measured = sum / packets;
        assertThat(measured).isCloseTo(mean, within(mean * 0.01));
        // The Pareto tail is heavy: its deviation converges slowly.
        double tolerance = kind.equals("pareto") ? 0.15 : 0.02;
        assertThat(Math.sqrt(squares / packets - measured * measured))
                .isCloseTo(deviation, within(deviation * tolerance + 0.001));
    }

    @Test
    void lossesComeAtTheRateAndInTheBurstsAskedFor() {
        FlowModel flow = flow(7, "loss", "2%", "loss-burst", "5");
        int packets = 400_000;
        int lost = 0;
        int bursts = 0;
        boolean before = false;
        for (int i = 0; i < packets; i++) {
            boolean now =
                    flow.pass(Direction.DOWNSTREAM, 100, START + i * SPACED).lost() > 0;
            lost += now ? 1 : 0;
            bursts += now && !before ? 1 : 0;
            before = now;
        }
        assertThat((double) lost / packets).isCloseTo(0.02, within(0.002));
        assertThat((double) lost / bursts).isCloseTo(5, within(0.5));
    }

    @Test
    void independentLossesComeAtTheRateAskedFor() {
        FlowModel flow = flow(7, "loss", "2%");
        int lost = 0;
        for (int i = 0; i < 100_000; i++) {
            lost += flow.pass(Direction.UPSTREAM, 100, START + i * SPACED).lost() > 0 ? 1 : 0;
        }
        assertThat(lost / 100_000.0).isCloseTo(0.02, within(0.002));
    }

    @Test
    void aLostPacketArrivesOneTimeoutLaterAndTheTimeoutDoubles() {
        FlowModel flow = flow(3, "loss", "60%", "rto", "1500ms", "delay", "50ms");
        for (int i = 0; i < 1000; i++) {
            long sent = START + i * SPACED;
            SegmentVerdict verdict = flow.pass(Direction.UPSTREAM, 100, sent);
            if (!verdict.arrives()) {
                assertThat(verdict.outcome()).isEqualTo(SegmentVerdict.Outcome.GIVEN_UP);
                return;
            }
            long timeouts = 0;
            for (int loss = 0; loss < verdict.lost(); loss++) {
                timeouts += Math.min(1500L << loss, 60_000);
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(verdict.retransmissionNanos()))
                    .isEqualTo(timeouts);
        }
    }

    @Test
    void aStreamIsNeverReordered() {
        long seed = new Random(20260102).nextLong();
        for (int round = 0; round < 50; round++, seed++) {
            FlowModel flow = flow(
                    seed,
                    "delay",
                    "80ms",
                    "jitter",
                    "70ms",
                    "distribution",
                    "pareto",
                    "loss",
                    "3%",
                    "bandwidth",
                    "1Mbit/s",
                    "promotion",
                    "300ms",
                    "handover-gap",
                    "60ms",
                    "handover-every",
                    "1s");
            Random sizes = new Random(seed);
            long now = START;
            long last = 0;
            for (int i = 0; i < 2000; i++) {
                now += sizes.nextInt(5_000_000);
                SegmentVerdict verdict = flow.pass(Direction.DOWNSTREAM, 1 + sizes.nextInt(1460), now);
                assertThat(verdict.atNanos())
                        .as("seed %d, packet %d", seed, i)
                        .isGreaterThanOrEqualTo(Math.max(now, last));
                last = verdict.atNanos();
            }
        }
    }

    @Test
    void theSameSeedDrawsTheSameWhateverTheOtherDirectionDoes() {
        String[] profile = {"delay", "80ms", "jitter", "30ms", "loss", "5%", "loss-burst", "3"};
        FlowModel quiet = flow(99, profile);
        FlowModel busy = flow(99, profile);
        List<SegmentVerdict> one = new ArrayList<>();
        List<SegmentVerdict> other = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long now = START + i * SPACED;
            one.add(quiet.pass(Direction.UPSTREAM, 100, now));
            busy.pass(Direction.DOWNSTREAM, 100, now);
            other.add(busy.pass(Direction.UPSTREAM, 100, now));
        }
        assertThat(other).isEqualTo(one);
    }

    @Test
    void connectionsOfOneSeedDrawDifferently() {
        FlowModel first = flow(99, "delay", "80ms", "jitter", "30ms");
        FlowModel second = flow(99, 2, START);
        assertThat(first.pass(Direction.UPSTREAM, 1, START).atNanos())
                .isNotEqualTo(second.pass(Direction.UPSTREAM, 1, START).atNanos());
    }

    @Test
    void bandwidthIsSharedByTheConnectionsOfALink() {
        // 100 bytes at 8 kbit/s take 100 ms.
        FlowModel first = flow(1, "bandwidth", "8kbit/s");
        FlowModel second = flow(1, 2, START);

        assertThat(millis(first.pass(Direction.UPSTREAM, 100, START).atNanos())).isEqualTo(100);
        assertThat(millis(second.pass(Direction.UPSTREAM, 100, START).atNanos()))
                .isEqualTo(200);
        assertThat(millis(second.pass(Direction.DOWNSTREAM, 100, START).atNanos()))
                .isEqualTo(100);
        assertThat(millis(first.pass(Direction.UPSTREAM, 100, at(1000)).atNanos()))
                .isEqualTo(1100);
    }

    @Test
    void theBufferIsTheQueueAndThePipe() {
        FlowModel flow = flow(1, "bandwidth", "8kbit/s", "delay", "500ms", "queue", "1KiB");
        assertThat(flow.bufferBytesMax(Direction.UPSTREAM)).isEqualTo(1024 + 500);
    }

    @Test
    void anIdleRadioIsWokenOnceAndGoesIdleAgain() {
        FlowModel flow = flow(1, "promotion", "300ms", "promotion-after", "10s");

        assertThat(millis(flow.pass(Direction.UPSTREAM, 1, at(0)).atNanos())).isEqualTo(300);
        assertThat(millis(flow.pass(Direction.UPSTREAM, 1, at(100)).atNanos())).isEqualTo(300);
        assertThat(millis(flow.pass(Direction.UPSTREAM, 1, at(5000)).atNanos())).isEqualTo(5000);
        assertThat(millis(flow.pass(Direction.DOWNSTREAM, 1, at(14_999)).atNanos()))
                .isEqualTo(14_999);
        assertThat(millis(flow.pass(Direction.DOWNSTREAM, 1, at(24_999)).atNanos()))
                .isEqualTo(25_299);
    }

    @Test
    void aSleepingDeviceIsReachedAtItsNextPagingOccasion() {
        FlowModel flow = flow(1, "promotion", "1s", "paging-cycle", "20480ms");

        assertThat(millis(flow.pass(Direction.DOWNSTREAM, 1, at(1000)).atNanos()))
                .isEqualTo(21_480);
        // A device that speaks up meanwhile does not wait for it.
        assertThat(millis(flow.pass(Direction.UPSTREAM, 1, at(2000)).atNanos())).isEqualTo(3000);
    }

    @Test
    void packetsWaitForAHandoverToEnd() {
        FlowModel flow = flow(1, "handover-at", "60s", "handover-gap", "60ms", "handover-every", "60s");

        assertThat(millis(flow.pass(Direction.UPSTREAM, 1, at(59_999)).atNanos()))
                .isEqualTo(59_999);
        SegmentVerdict during = flow.pass(Direction.UPSTREAM, 1, at(120_020));
        assertThat(millis(during.atNanos())).isEqualTo(120_060);
        assertThat(during.handoverNanos()).isEqualTo(Duration.ofMillis(40).toNanos());
        assertThat(millis(flow.pass(Direction.UPSTREAM, 1, at(120_061)).atNanos()))
                .isEqualTo(120_061);
    }

    @ParameterizedTest
    @ValueSource(longs = {60_000, 180_000, 300_000})
    void aPeriodicOutageLosesWhatIsSentInIt(long outageAtMillis) {
        FlowModel flow = flow(1, "outage-at", "60s", "outage-for", "2s", "outage-every", "120s", "rto", "1s");

        SegmentVerdict verdict = flow.pass(Direction.UPSTREAM, 1, at(outageAtMillis + 500));

        // Lost at 0.5 and 1.5 s into the outage, through at 3.5 s.
        assertThat(verdict.lost()).isEqualTo(2);
        assertThat(millis(verdict.atNanos())).isEqualTo(outageAtMillis + 3500);
    }

    @Test
    void anOutageThatLosesTheMappingEndsOldConnectionsOnly() {
        FlowModel before = flow(1, "outage-at", "30s", "outage-for", "20s", "outage-mapping", "lost");
        FlowModel after = flow(1, 2, at(60_000));

        assertThat(before.pass(Direction.UPSTREAM, 1, at(60_000)).outcome())
                .isEqualTo(SegmentVerdict.Outcome.FORGOTTEN_SILENTLY);
        assertThat(after.pass(Direction.UPSTREAM, 1, at(60_000)).arrives()).isTrue();
    }

    @Test
    void theNatForgetsAfterMoreThanItsIdleTimeAndForGood() {
        FlowModel flow = flow(1, "nat-idle", "300s");

        assertThat(flow.pass(Direction.UPSTREAM, 1, at(300_000)).arrives()).isTrue();
        assertThat(flow.pass(Direction.DOWNSTREAM, 1, at(600_001)).outcome())
                .isEqualTo(SegmentVerdict.Outcome.FORGOTTEN_SILENTLY);
        assertThat(flow.pass(Direction.UPSTREAM, 1, at(600_002)).outcome()).isEqualTo(SegmentVerdict.Outcome.VANISHES);
    }

    @Test
    void aSenderGivesUpWhenAnOutageOutlastsItsRetransmissions() {
        FlowModel flow = flow(1, "outage-for", "1d");
        assertThat(flow.pass(Direction.UPSTREAM, 1, START).outcome()).isEqualTo(SegmentVerdict.Outcome.GIVEN_UP);
        assertThat(flow.pass(Direction.UPSTREAM, 1, START).outcome()).isEqualTo(SegmentVerdict.Outcome.VANISHES);
    }
}
