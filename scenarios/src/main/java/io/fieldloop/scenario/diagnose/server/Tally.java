package io.fieldloop.scenario.diagnose.server;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts by kind, source and hour, of bounded size. */
final class Tally {
    private static final int SOURCES_MAX = 10_000;

    private final Map<String, Integer> kinds = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> sources = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> hours = new TreeMap<>();

    void add(String kind, String source, String hour, int lines) {
        kinds.merge(kind, lines, Integer::sum);
        String known = source.isEmpty() || (sources.size() >= SOURCES_MAX && !sources.containsKey(source))
                ? "(unknown)"
                : source;
        sources.computeIfAbsent(known, any -> new TreeMap<>()).merge(kind, lines, Integer::sum);
        if (!hour.isEmpty()) {
            hours.computeIfAbsent(hour, any -> new TreeMap<>()).merge(kind, lines, Integer::sum);
        }
    }

    int of(String kind) {
        return kinds.getOrDefault(kind, 0);
    }

    long sourcesOf(String kind) {
        return sources.values().stream()
                .filter(counts -> counts.containsKey(kind))
                .count();
    }

    /** Those with most lines first. */
    List<Map.Entry<String, Map<String, Integer>>> busiest(int max) {
        return sources.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Map<String, Integer>> one) -> -sum(one.getValue())))
                .limit(max)
                .toList();
    }

    Map<String, Map<String, Integer>> hours() {
        return hours;
    }

    static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
