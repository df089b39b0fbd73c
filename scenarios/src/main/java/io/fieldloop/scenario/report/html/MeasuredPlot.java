package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.expect.Measurement;
import io.fieldloop.scenario.expect.Sample;
import io.fieldloop.scenario.model.Quantity;
import io.fieldloop.scenario.report.text.Narration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of a quantity: its percentiles, and where there are several values their histogram and when they were taken.
 *
 * @param count attempts, turns or pings that came to an end
 * @param failed how many of them without a value
 * @param statistics texts by name, such as {@code p50}; none without a value
 * @param bins how many values each part of the stretch from least to largest holds; none for a few
 * @param least in milliseconds
 * @param largest in milliseconds
 * @param curves one, with a point for each value; none for a few
 */
record MeasuredPlot(
        String name,
        int count,
        int failed,
        Map<String, String> statistics,
        List<Integer> bins,
        double least,
        double largest,
        List<Plot.Curve> curves) {
    private static final int BINS = 24;
    private static final int DRAWN_MIN = 5;

    static MeasuredPlot of(Quantity quantity, Measurement measured) {
        List<Sample> samples = measured.samples();
        Map<String, String> statistics = new LinkedHashMap<>();
        if (!samples.isEmpty()) {
            Measurement.SHAPE.forEach(name -> statistics.put(name, Narration.duration(measured.statistic(name))));
        }
        double least = samples.isEmpty() ? 0 : millis(samples.get(0));
        double largest = samples.isEmpty() ? 0 : millis(samples.get(samples.size() - 1));
        boolean drawn = samples.size() >= DRAWN_MIN && largest > least;
        return new MeasuredPlot(
                quantity.wireName(),
                samples.size() + measured.failed(),
                measured.failed(),
                statistics,
                drawn ? bins(samples, least, largest) : List.of(),
                least,
                largest,
                drawn ? List.of(curve(quantity, samples)) : List.of());
    }

    private static List<Integer> bins(List<Sample> samples, double least, double largest) {
        int[] bins = new int[BINS];
        for (Sample sample : samples) {
            bins[(int) Math.min(BINS - 1L, (long) (BINS * (millis(sample) - least) / (largest - least)))]++;
        }
        List<Integer> counts = new ArrayList<>();
        for (int bin : bins) {
            counts.add(bin);
        }
        return counts;
    }

    private static Plot.Curve curve(Quantity quantity, List<Sample> samples) {
        Plot.Points points = new Plot.Points();
        samples.stream()
                .sorted(Comparator.comparingLong(sample -> sample.entry().nanos()))
                .forEach(sample -> points.add(sample.entry(), millis(sample)));
        return points.curve(quantity.wireName(), "ms", Plot.Shape.DOTS);
    }

    private static double millis(Sample sample) {
        return sample.value().toNanos() / 1e6;
    }
}
