package io.fieldloop.scenario.diagnose;

import java.util.List;

/**
 * Why something failed, and what in the input says so.
 *
 * @param word a reason of the device's, or a finer word of {@code causes.yaml}
 * @param evidence never empty: a cause that nothing speaks for is not one
 * @param tells which line, option or look elsewhere would tell it from the other causes; empty where it is certain
 */
public record Cause(String word, Confidence confidence, List<Evidence> evidence, List<String> tells) {
    public Cause {
        evidence = List.copyOf(evidence);
        tells = List.copyOf(tells);
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException("Nothing speaks for " + word + ".");
        }
    }
}
