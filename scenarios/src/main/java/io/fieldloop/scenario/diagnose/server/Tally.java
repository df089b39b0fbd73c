package io.fieldloop.scenario.diagnose.server;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts by kind, source and hour, of bounded size. */
final class Tally {
    private static final int SOURCES_MAX = 10_000;
    private static final String UNKNOWN = "(unknown)";

    private final Map<String, Integer> kinds = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> sources = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> hours = new TreeMap<>();

    void add(String kind, String source, String hour, int lines) {
        kinds.merge(kind, lines, Integer::sum);
        String known =
                source.isEmpty() || (sources.size() >= SOURCES_MAX && !sources.containsKey(source)) ? UNKNOWN : source;
        sources.computeIfAbsent(known, any -> new TreeMap<>()).merge(kind, lines, Integer::sum);
        if (!hour.isEmpty()) {
            hours.computeIfAbsent(hour, any -> new TreeMap<>()).merge(kind, lines, Integer::sum);
        }
    }

    int of(String kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** From those sources alone. */
    int of(String kind, Set<String> from) {
        return from.stream()
                .mapToInt(source -> sources.getOrDefault(source, Map.of()).getOrDefault(kind, 0))
                .sum();
    }

    long sourcesOf(String kind) {
        return sources.values().stream()
                .filter(counts -> counts.containsKey(kind))
                .count();
    }

    /** Those that are known, with a line of one of those kinds. */
    Set<String> sourcesOf(Set<String> any) {
        return sources.entrySet().stream()
                .filter(one -> !one.getKey().equals(UNKNOWN)
                        && !Collections.disjoint(one.getValue().keySet(), any))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
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
