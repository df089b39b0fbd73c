package io.fieldloop.scenario.diagnose;

import java.util.List;

/**
 * All that an input says.
 *
 * @param source the file's name
 * @param summary what the input is, in one line
 * @param findings the one to read first is the first
 * @param notes what to know about the input itself, such as what it cannot show
 */
public record Diagnosis(String source, String summary, List<Finding> findings, List<String> notes) {
    public Diagnosis {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Whether anything failed. */
    public boolean isFault(CauseTexts texts) {
        return findings.stream()
                .flatMap(one -> one.causes().stream())
                .anyMatch(cause -> !texts.of(cause.word()).mild());
    }
}
