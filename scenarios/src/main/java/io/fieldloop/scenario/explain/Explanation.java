package io.fieldloop.scenario.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reason explained.
 *
 * @param meaning one sentence
 * @param deviceLines what the device prints, as {@code TAG: message}; the scenario prints each of them
 * @param deviceNote what there is to say about the device beside or in place of lines, or null
 * @param code the code the device logs, or null where it logs none
 * @param timing after how long, on the device's clock
 * @param server what the gateway and other servers show
 * @param causes usual causes, the most usual first
 * @param checks what to look at, in this order
 * @param scenario the case of the bundled suite that ends with this reason
 */
public record Explanation(
        Side side,
        String reason,
        String meaning,
        List<String> deviceLines,
        @Nullable String deviceNote,
        @Nullable String code,
        String timing,
        List<String> server,
        List<String> causes,
        List<String> checks,
        String scenario) {
    public Explanation {
        deviceLines = List.copyOf(deviceLines);
        server = List.copyOf(server);
        causes = List.copyOf(causes);
        checks = List.copyOf(checks);
    }

    Explanation in(Translation language) {
        return new Explanation(
                side,
                reason,
                language.of(meaning),
                deviceLines,
                deviceNote == null ? null : language.of(deviceNote),
                code,
                language.of(timing),
                language.of(server),
                language.of(causes),
                language.of(checks),
                scenario);
    }
}
