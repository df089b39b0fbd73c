package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Values of one actor over the time of a case.
 *
 * @param name whose, and where that matters in which direction
 * @param bands stretches that explain the values
 */
record Plot(String name, List<Curve> curves, List<Band> bands) {
    /** How a curve's values are drawn. */
    enum Shape {
        BARS,
        LINE,
        DOTS,
        TICKS
    }

    /** A stretch of time with a name. */
    record Band(String name, long from, long to) {}

    /**
     * Values of one sort.
     *
     * @param unit {@code ms}, {@code %} or nothing
     * @param total of all values, or what they come to together
     * @param points {@code [nanos, value]}, by time
     */
    record Curve(String name, String unit, Shape shape, double total, List<List<Number>> points) {}

    /** Collects a curve's values. */
    static final class Points {
        private static final int KEPT_MAX = 240;

        private final List<List<Number>> points = new ArrayList<>();
        private double total;

        void add(JournalEntry entry, double value) {
            double rounded = Math.round(value * 1e3) / 1e3;
            points.add(List.of(entry.nanos(), rounded));
            total += rounded;
        }

        Curve curve(String name, String unit, Shape shape, double comesTo) {
            return new Curve(name, unit, shape, comesTo, thinned());
        }

        Curve curve(String name, String unit, Shape shape) {
            return curve(name, unit, shape, total);
        }

        /** Of many values the largest of each stretch: the page stays small, and the worst stays visible. */
        private List<List<Number>> thinned() {
            if (points.size() <= KEPT_MAX) {
                return points;
            }
            long stretch = points.get(points.size() - 1).get(0).longValue() / KEPT_MAX + 1;
            TreeMap<Long, List<Number>> largest = new TreeMap<>();
            for (List<Number> point : points) {
                largest.merge(
                        point.get(0).longValue() / stretch,
                        point,
                        (a, b) -> a.get(1).doubleValue() >= b.get(1).doubleValue() ? a : b);
            }
            return List.copyOf(largest.values());
        }
    }
}
