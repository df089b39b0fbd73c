package io.fieldloop.scenario.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PicturesTest {
    private static final long SECOND = 1_000_000_000;

    private final List<JournalEntry> journal = new ArrayList<>();

    private void link(long seconds, LinkEvent event) {
        add(seconds, Lane.LINK, event.kind(), event.attributes());
    }

    private void add(long seconds, Lane lane, String kind, Map<String, Object> attributes) {
        journal.add(new JournalEntry(journal.size(), seconds * SECOND, lane, "door", kind, attributes));
    }

    @Test
    void drawsVoiceByDirectionWithTheShareThatWasLost() {
        link(
                1,
                new LinkEvent.DatagramsPassed(
                        Direction.UPSTREAM, 15, 5, 0, 0, Duration.ofMillis(50), Duration.ofMillis(7)));

        Plot plot = Pictures.of(journal).voice().get(0);

        assertThat(plot.name()).isEqualTo("door, upstream");
        assertThat(plot.curves()).extracting(Plot.Curve::total).containsExactly(25.0, 7.0);
        assertThat(plot.curves().get(0).points()).containsExactly(List.of(SECOND, 25.0));
    }

    @Test
    void namesTheScoreOfTheEndThatHeardTheVoice() {
        for (Direction direction : Direction.values()) {
            link(1, new LinkEvent.DatagramsPassed(direction, 15, 5, 0, 0, Duration.ZERO, Duration.ZERO));
        }
        add(2, Lane.GATEWAY, "voice-closed", Map.of("device", "door", "mos", 1.34));
        add(2, Lane.DEVICE, "voice-closed", Map.of("mos", 2.5));

        assertThat(Pictures.of(journal).voice())
                .extracting(Plot::name)
                .containsExactlyInAnyOrder("door, upstream, MOS 1.34", "door, downstream, MOS 2.5");
    }

    @Test
    void drawsDelayWaitsLossAFullQueueAndOutagesOfALink() {
        link(1, new LinkEvent.PathOpened(1, Duration.ofMillis(80)));
        link(2, new LinkEvent.Retransmitted(1, Direction.UPSTREAM, 3, Duration.ofMillis(600)));
        link(3, new LinkEvent.QueueFull(1, Direction.UPSTREAM));
        link(4, new LinkEvent.OutageBegan(Outage.How.SILENT, Duration.ofSeconds(9)));
        link(7, new LinkEvent.OutageEnded());
        link(8, new LinkEvent.OutageBegan(Outage.How.SILENT, Duration.ofSeconds(2)));

        Plot plot = Pictures.of(journal).link().get(0);

        assertThat(plot.curves())
                .extracting(Plot.Curve::name, Plot.Curve::total)
                .containsExactly(
                        tuple("lost", 3.0), tuple("delay", 80.0), tuple("wait", 600.0), tuple("overflow", 1.0));
        assertThat(plot.bands())
                .containsExactly(
                        new Plot.Band("outage", 4 * SECOND, 7 * SECOND),
                        new Plot.Band("outage", 8 * SECOND, 10 * SECOND));
    }

    @Test
    void aLinkThatPassedAllOnAtOnceIsNotDrawn() {
        link(1, new LinkEvent.PathOpened(1, Duration.ZERO));

        assertThat(Pictures.of(journal).link()).isEmpty();
    }

    @Test
    void drawsTheHistogramAndTheCourseOfWhatWasMeasured() {
        for (int i = 1; i <= 1_000; i++) {
            add(i, Lane.DEVICE, "attempt-started", Map.of());
            add(i, Lane.DEVICE, "online", Map.of("elapsed", Duration.ofMillis(i == 777 ? 5_000 : 100)));
        }

        MeasuredPlot plot = Pictures.of(journal).measured().get(0);

        assertThat(plot.name()).isEqualTo("hello-time");
        assertThat(plot.statistics()).containsEntry("p50", "100.000 ms").containsEntry("max", "5.000 s");
        assertThat(plot.bins()).startsWith(999, 0).endsWith(0, 1);
        assertThat(plot.curves().get(0).points())
                .hasSizeLessThanOrEqualTo(240)
                .contains(List.of(777 * SECOND, 5_000.0));
    }

    @Test
    void fewValuesAreATableAlone() {
        add(1, Lane.DEVICE, "attempt-started", Map.of());
        add(1, Lane.DEVICE, "online", Map.of("elapsed", Duration.ofMillis(20)));

        MeasuredPlot plot = Pictures.of(journal).measured().get(0);

        assertThat(plot.statistics()).containsEntry("min", "20.000 ms");
        assertThat(plot.bins()).isEmpty();
    }
}
