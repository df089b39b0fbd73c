package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How often each case passed that ran more than once, by {@code --repeat} or {@code --seeds}. */
public final class PassRates {
    private static final Pattern REPETITION = Pattern.compile("#(seed=-?\\d+(#\\d+)?|\\d+)$");
    private static final int NAMED_MAX = 8;

    private PassRates() {}

    /** The case of which {@code id} is a repetition, {@code tls/wrong-name} of {@code tls/wrong-name#seed=7}, or itself. */
    public static String caseOf(String id) {
        return REPETITION.matcher(id).replaceFirst("");
    }

    /** {@code tls/wrong-name: 48 of 50 passed (96 %), not seed=7, seed=31}; those that always passed share a line. */
    public static List<String> of(RunResult run) {
        Map<String, List<ScenarioResult>> cases = run.scenarios().stream()
                .filter(result -> REPETITION.matcher(result.id()).find())
                .collect(Collectors.groupingBy(result -> caseOf(result.id()), LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        int always = 0;
        for (Map.Entry<String, List<ScenarioResult>> one : cases.entrySet()) {
            List<String> troubled = one.getValue().stream()
                    .filter(result -> result.verdict() != Verdict.PASSED)
                    .map(result -> repetition(result.id()))
                    .toList();
            if (troubled.isEmpty()) {
                always++;
            } else {
                lines.add(rate(one.getKey(), one.getValue().size(), troubled));
            }
        }
        if (always > 0) {
            lines.add(RunSummary.cases(always) + " passed every time");
        }
        return lines;
    }

    private static String rate(String id, int times, List<String> troubled) {
        int passed = times - troubled.size();
        int more = troubled.size() - NAMED_MAX;
        return VisibleText.line(id) + ": " + passed + " of " + times + " passed (" + passed * 100L / times + " %), not "
                + troubled.stream().limit(NAMED_MAX).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String repetition(String id) {
        Matcher repetition = REPETITION.matcher(id);
        return repetition.find() ? repetition.group(1) : "";
    }
}
