package io.fieldloop.scenario.verdict;

import java.util.List;

/**
 * What became of one expectation.
 *
 * @param expectation the expectation as the file says it, on one line
 * @param position where it stands, {@code file:line}
 * @param verdict passed, failed or inconclusive
 * @param explanation a sentence: what was seen; on failure what was expected and what came instead; then perhaps hints
 * @param evidence sequence numbers of the journal entries the verdict rests on, the most telling first; on failure those around it
 */
public record ExpectationResult(
        String expectation, String position, Verdict verdict, String explanation, List<Long> evidence) {
    /** Stands in place of an expectation of the file, which need not say it. */
    public static final String NO_CRASH = "firmware does not crash";

    public ExpectationResult {
        evidence = List.copyOf(evidence);
    }

    /** The explanation's first sentence; what follows are hints. */
    public String sentence() {
        return explanation.split("(?<=\\.) (?=[A-Z])", 2)[0];
    }
}
