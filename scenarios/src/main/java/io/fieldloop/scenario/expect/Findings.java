package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.List;

/** What a checker found, before it is tied to the expectation it was asked about. */
record Findings(Verdict verdict, String explanation, List<JournalEntry> evidence) {
    /** A report that lists every one of ten thousand scan probes as evidence convinces nobody. */
    private static final int EVIDENCE_MAX = 20;

    static Findings passed(String explanation, List<JournalEntry> evidence) {
        return new Findings(Verdict.PASSED, explanation, evidence);
    }

    static Findings failed(String explanation, List<JournalEntry> evidence) {
        return new Findings(Verdict.FAILED, explanation, evidence);
    }

    static Findings inconclusive(String explanation) {
        return new Findings(Verdict.INCONCLUSIVE, explanation, List.of());
    }

    ExpectationResult resultOf(Expectation expectation) {
        return resultOf(expectation.text().line(), expectation.position());
    }

    ExpectationResult resultOf(String expectation, SourcePosition position) {
        return new ExpectationResult(
                expectation,
                position.file() + ":" + position.line(),
                verdict,
                explanation,
                evidence.stream()
                        .limit(EVIDENCE_MAX)
                        .map(JournalEntry::sequence)
                        .toList());
    }
}
