package io.fieldloop.scenario.diagnose.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many lines of each class came in each hour.
 *
 * @param hours by hour, in order; within it by class
 */
public record Rates(Map<String, Map<String, Integer>> hours) {
    public Rates {
        Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
        hours.forEach((hour, counts) -> copy.put(hour, new TreeMap<>(counts)));
        hours = copy;
    }

    /** All classes, in alphabetical order. */
    public List<String> classes() {
        Map<String, Integer> all = new TreeMap<>();
        hours.values().forEach(all::putAll);
        return new ArrayList<>(all.keySet());
    }
}
