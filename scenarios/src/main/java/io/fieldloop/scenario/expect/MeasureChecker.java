package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.value.Comparison;
import io.fieldloop.scenario.model.value.DurationLimit;
import io.fieldloop.scenario.model.value.ShareLimit;
import io.fieldloop.scenario.report.text.Narration;
import io.fieldloop.scenario.shape.WordShapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what was measured against limits on its percentiles (nearest rank), and on how much gave no value. */
final class MeasureChecker {
    private final Scenario scenario;
    private final Set<Lane> unobservableLanes;

    MeasureChecker(Scenario scenario, Set<Lane> unobservableLanes) {
        this.scenario = scenario;
        this.unobservableLanes = unobservableLanes;
    }

    Findings check(Expectation.Measured expected, Timeline timeline, Span span) {
        if (unobservableLanes.contains(Measurement.laneOf(expected.measure()))) {
            return Findings.inconclusive("What a gateway that is not ours hears cannot be observed.");
        }
        List<String> devices = scenario.deviceNames(expected.of());
        Measurement measured = Measurement.of(expected.measure(), new HashSet<>(devices), timeline.entries(), span);
        Map<String, DurationLimit> limits = limits(expected);
        boolean enough = limits.isEmpty()
                || expected.samples().contains(measured.samples().size());
        if (enough
                && (limits.isEmpty()
                        ? measured.tried() == 0
                        : measured.samples().isEmpty())) {
            return Findings.inconclusive(expected.measure().wireName() + " was never measured.");
        }
        List<String> broken = new ArrayList<>(enough ? List.of() : List.of("samples " + expected.samples()));
        limits.forEach((name, limit) -> {
            if (!measured.samples().isEmpty() && !limit.holds(measured.statistic(name))) {
                broken.add(name + " " + limit);
            }
        });
        ShareLimit failed = expected.failed();
        if (failed != null && measured.tried() > 0 && !failed.holds(measured.percentFailed())) {
            broken.add("failed " + failed);
        }
        List<JournalEntry> evidence =
                new ArrayList<>(broken.contains("failed " + failed) ? measured.failures() : List.of());
        evidence.addAll(worstFirst(measured.samples(), limits));
        String sentence = sentence(expected, measured, devices.size());
        return broken.isEmpty()
                ? Findings.passed(sentence + ".", evidence)
                : Findings.failed(sentence + "; expected " + String.join(", ", broken) + ".", evidence);
    }

    private static String sentence(Expectation.Measured expected, Measurement measured, int devices) {
        int count = measured.samples().size();
        StringBuilder sentence = new StringBuilder(expected.measure().wireName())
                .append(": ")
                .append(count)
                .append(count == 1 ? " value" : " values");
        for (String name : count == 0 ? List.<String>of() : shown(expected)) {
            sentence.append(", ").append(name).append(' ').append(Narration.duration(measured.statistic(name)));
        }
        if (measured.silent() > 0) {
            sentence.append("; ").append(measured.silent()).append(" of ").append(devices);
            sentence.append(devices == 1 ? " device" : " devices").append(" gave none");
        }
        if (count == 0) {
            sentence.append(" (measured is ")
                    .append(WordShapes.documentation(expected.measure()))
                    .append(')');
        }
        if (measured.failed() > 0 || expected.failed() != null) {
            sentence.append("; ")
                    .append(measured.failed())
                    .append(" of ")
                    .append(measured.tried())
                    .append(" failed");
        }
        return sentence.toString();
    }

    /** Those that tell the shape of what was measured, and the mean where it was asked for. */
    private static List<String> shown(Expectation.Measured expected) {
        return expected.mean() == null
                ? Measurement.SHAPE
                : Stream.concat(Measurement.SHAPE.stream(), Stream.of("mean")).toList();
    }

    /** Worst is largest, unless the values are to be large. */
    private static List<JournalEntry> worstFirst(List<Sample> samples, Map<String, DurationLimit> limits) {
        boolean wantedLarge = !limits.isEmpty()
                && limits.values().stream()
                        .map(DurationLimit::comparison)
                        .allMatch(sign -> sign == Comparison.MORE || sign == Comparison.AT_LEAST);
        List<JournalEntry> worst =
                new ArrayList<>(samples.stream().map(Sample::entry).toList());
        if (!wantedLarge) {
            Collections.reverse(worst);
        }
        return worst;
    }

    private static Map<String, DurationLimit> limits(Expectation.Measured expected) {
        Map<String, DurationLimit> limits = new LinkedHashMap<>();
        put(limits, "min", expected.min());
        put(limits, "mean", expected.mean());
        put(limits, "p50", expected.p50());
        put(limits, "p90", expected.p90());
        put(limits, "p95", expected.p95());
        put(limits, "p99", expected.p99());
        put(limits, "max", expected.max());
        return limits;
    }

    private static void put(Map<String, DurationLimit> limits, String name, @Nullable DurationLimit limit) {
        if (limit != null) {
            limits.put(name, limit);
        }
    }
}
