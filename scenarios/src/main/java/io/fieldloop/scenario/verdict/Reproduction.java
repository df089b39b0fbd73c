package io.fieldloop.scenario.verdict;

import io.fieldloop.scenario.journal.GatewayHalf;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A known bug that showed itself as its scenario said it would.
 *
 * <p>A case is one when it passed, its file has a {@code fix:}, and an expectation rests on something that went wrong for a device. A
 * case of the same matrix in which the fix is in place passes too, and is none.
 *
 * @param failure what went wrong for the device
 * @param console the line of the device's log that tells most of it, or null
 * @param gateway what the gateway wrote of it, or null
 */
public record Reproduction(
        JournalEntry failure,
        @Nullable JournalEntry console,
        @Nullable JournalEntry gateway) {
    private static final Set<String> FAILURES = Set.of(
            "refused",
            "offline",
            "turn-failed",
            "turn-interrupted",
            "panic",
            "guru-meditation",
            "watchdog-reset",
            "watchdog-triggered",
            "brownout",
            "boot-loop");

    /** A device that is told to close its channel goes offline too. */
    private static final String BY_THE_USER = "closed-by-user";

    static Optional<Reproduction> in(ScenarioResult result) {
        Set<Long> evidence = result.expectations().stream()
                .flatMap(expectation -> expectation.evidence().stream())
                .collect(Collectors.toSet());
        return result.journal().stream()
                .filter(entry -> evidence.contains(entry.sequence()) && isFailure(entry))
                .findFirst()
                .map(failure -> new Reproduction(
                        failure,
                        console(failure, result.journal()),
                        new GatewayHalf(result.journal()).of(failure).orElse(null)));
    }

    private static boolean isFailure(JournalEntry entry) {
        return entry.lane() == Lane.DEVICE
                && FAILURES.contains(entry.kind())
                && !BY_THE_USER.equals(entry.attributes().get("reason"));
    }

    /** The line with the failure's code, else the last error since the device last tried, else the last line. */
    private static @Nullable JournalEntry console(JournalEntry failure, List<JournalEntry> journal) {
        Object code = failure.attributes().get("code");
        JournalEntry last = null;
        for (JournalEntry entry : journal) {
            if (entry.sequence() > failure.sequence()) {
                break;
            }
            if (entry.lane() != Lane.DEVICE || !entry.actor().equals(failure.actor())) {
                continue;
            }
            if (entry.kind().equals("attempt-started")) {
                last = null;
            } else if (entry.kind().equals("log") && (last == null || weight(entry, code) >= weight(last, code))) {
                last = entry;
            }
        }
        return last;
    }

    private static int weight(JournalEntry line, @Nullable Object code) {
        boolean error = Objects.equals(line.attributes().get("level"), "E");
        boolean hasCode = code != null
                && !code.equals("0")
                && String.valueOf(line.attributes().get("message"))
                        .toLowerCase(Locale.ROOT)
                        .contains(code.toString());
        return (hasCode ? 2 : 0) + (error ? 1 : 0);
    }
}
