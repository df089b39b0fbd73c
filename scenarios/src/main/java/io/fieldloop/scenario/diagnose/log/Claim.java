package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import java.util.List;

/**
 * One line's word for a cause.
 *
 * @param order of its sign; of two claims equally sure the lower one is named first
 */
record Claim(String cause, Confidence sure, int order, Evidence evidence, List<String> tells) {
    /** Before whatever a single line says: what several lines say together. */
    static final int TOGETHER = -1;

    /** Behind whatever the table says: the reason that the console's dictionary gives. */
    static final int DICTIONARY = Integer.MAX_VALUE;

    Claim(String cause, Confidence sure, int order, Evidence evidence) {
        this(cause, sure, order, evidence, List.of());
    }

    boolean is(String word) {
        return cause.equals(word);
    }

    Claim possible(List<String> whatTells) {
        return new Claim(cause, Confidence.POSSIBLE, order, evidence, whatTells);
    }
}
