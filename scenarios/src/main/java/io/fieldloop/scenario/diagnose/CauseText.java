package io.fieldloop.scenario.diagnose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about a cause, wherever it is met.
 *
 * @param reason the device's reason it shows as, or null where it is none of a connection's
 * @param means one sentence
 * @param fix what to do, in this order
 * @param scenario the case of the bundled suite that shows it, or null
 * @param mild whether it is worth knowing, and nothing fails of it alone
 */
public record CauseText(
        String word,
        @Nullable String reason,
        String means,
        List<String> fix,
        @Nullable String scenario,
        boolean mild) {
    public CauseText {
        fix = List.copyOf(fix);
    }
}
