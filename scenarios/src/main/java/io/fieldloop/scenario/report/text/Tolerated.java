package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.List;

/** Says which crashes a case lived with: one that its file tolerates is still one that somebody has to know of. */
public final class Tolerated {
    private Tolerated() {}

    /** One line, indented below the case's own, or none. */
    public static List<String> of(ScenarioResult result) {
        return result.expectations().stream()
                .filter(one ->
                        one.verdict() == Verdict.PASSED && one.expectation().equals(ExpectationResult.NO_CRASH))
                .map(one -> "    tolerated  " + VisibleText.line(one.explanation()))
                .toList();
    }
}
