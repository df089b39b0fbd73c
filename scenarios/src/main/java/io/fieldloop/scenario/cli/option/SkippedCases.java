package io.fieldloop.scenario.cli.option;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The cases that do not run where the others do, a line for each reason. */
public final class SkippedCases {
    private static final int NAMES_MAX = 3;

    private final Map<String, List<String>> idsByReason = new LinkedHashMap<>();

    /** Leaves a case out; why is half a sentence. */
    public void add(String id, String why) {
        idsByReason.computeIfAbsent(why, reason -> new ArrayList<>()).add(id);
    }

    /** {@code left out  3 cases: it has no device that could run firmware (hostile/flood, hostile/slow-drip)}. */
    public Stream<String> lines() {
        return idsByReason.entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue()));
    }

    private static String line(String why, List<String> ids) {
        if (ids.size() == 1) {
            return "left out  " + ids.get(0) + ": " + why;
        }
        List<String> names = ids.stream().map(SkippedCases::scenario).distinct().toList();
        int more = names.size() - NAMES_MAX;
        return "left out  " + ids.size() + " cases: " + why + " ("
                + names.stream().limit(NAMES_MAX).collect(joining(", "))
                + (more > 0 ? " and " + more + " more" : "") + ")";
    }

    /** The id without the values of its matrix. */
    private static String scenario(String id) {
        int values = id.indexOf('[');
        return values < 0 ? id : id.substring(0, values);
    }
}
