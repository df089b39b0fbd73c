package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Quantity;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks measured durations against thresholds on their percentiles (nearest rank). */
final class MeasureChecker {
    private final Scenario scenario;
    private final Set<Lane> unobservableLanes;

    MeasureChecker(Scenario scenario, Set<Lane> unobservableLanes) {
        this.scenario = scenario;
        this.unobservableLanes = unobservableLanes;
    }

    private record Statistic(String name, @Nullable Threshold threshold, Function<List<Sample>, Duration> of) {}

    Findings check(Expectation.Measured expected, Timeline timeline, Span span) {
        if (expected.measure() == Quantity.ROUND_TRIP && unobservableLanes.contains(Lane.GATEWAY)) {
            return Findings.inconclusive("The pings of a gateway that is not ours cannot be observed.");
        }
        List<Sample> samples = samples(expected, timeline, span);
        List<JournalEntry> evidence = samples.stream().map(Sample::entry).toList();
        if (!expected.samples().contains(samples.size())) {
            return Findings.failed(
                    expected.measure().wireName() + " was measured " + samples.size() + " times; expected "
                            + expected.samples() + ".",
                    evidence);
        }
        return samples.isEmpty()
                ? Findings.inconclusive(expected.measure().wireName() + " was never measured.")
                : judge(expected, samples, evidence);
    }

    private Findings judge(Expectation.Measured expected, List<Sample> samples, List<JournalEntry> evidence) {
        List<String> seen = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (Statistic statistic : statistics(expected)) {
            Threshold threshold = statistic.threshold();
            if (threshold != null) {
                Duration value = statistic.of().apply(samples);
                seen.add(statistic.name() + " " + Narration.duration(value));
                if (!threshold.holds(value)) {
                    broken.add(statistic.name() + " " + threshold);
                }
            }
        }
        String sentence = expected.measure().wireName() + ": " + String.join(", ", seen) + " over " + samples.size()
                + (samples.size() == 1 ? " value" : " values");
        return broken.isEmpty()
                ? Findings.passed(sentence + ".", evidence)
                : Findings.failed(sentence + "; expected " + String.join(", ", broken) + ".", evidence);
    }

    private static List<Statistic> statistics(Expectation.Measured expected) {
        return List.of(
                new Statistic("p50", expected.p50(), samples -> percentile(samples, 50)),
                new Statistic("p95", expected.p95(), samples -> percentile(samples, 95)),
                new Statistic("p99", expected.p99(), samples -> percentile(samples, 99)),
                new Statistic("max", expected.max(), samples -> percentile(samples, 100)),
                new Statistic("min", expected.min(), samples -> samples.get(0).value()),
                new Statistic("mean", expected.mean(), MeasureChecker::mean));
    }

    private static Duration percentile(List<Sample> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(Math.max(rank, 1) - 1).value();
    }

    private static Duration mean(List<Sample> samples) {
        return samples.stream()
                .map(Sample::value)
                .reduce(Duration.ZERO, Duration::plus)
                .dividedBy(samples.size());
    }

    private List<Sample> samples(Expectation.Measured expected, Timeline timeline, Span span) {
        Set<String> devices = new HashSet<>(scenario.deviceNames(expected.of()));
        if (expected.measure() == Quantity.ROUND_TRIP) {
            return RoundTrips.of(timeline.entries(), devices).stream()
                    .filter(sample -> span.contains(sample.entry().nanos()))
                    .sorted(Comparator.comparing(Sample::value))
                    .toList();
        }
        String kind = kindOf(expected.measure());
        String attribute = attributeOf(expected.measure());
        return timeline.entries().stream()
                .filter(entry -> entry.lane() == Lane.DEVICE && entry.kind().equals(kind))
                .filter(entry -> devices.contains(entry.actor()) && span.contains(entry.nanos()))
                .filter(entry -> entry.attributes().get(attribute) instanceof Duration)
                .map(entry -> new Sample(entry, (Duration) entry.attributes().get(attribute)))
                .sorted(Comparator.comparing(Sample::value))
                .toList();
    }

    private static String kindOf(Quantity quantity) {
        return switch (quantity) {
            case HANDSHAKE_TIME -> "tls-established";
            case CONNECT_TIME -> "tcp-connected";
            case HELLO_TIME -> "online";
            case FIRST_AUDIO, TURN_TIME -> "turn-completed";
            case ROUND_TRIP -> throw new IllegalArgumentException("a round trip is two entries");
        };
    }

    private static String attributeOf(Quantity quantity) {
        return quantity == Quantity.FIRST_AUDIO ? "first-audio" : "elapsed";
    }
}
