package io.fieldloop.scenario.verdict;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.catalogue.EventRole;
import io.fieldloop.scenario.catalogue.Tone;
import io.fieldloop.scenario.journal.GatewayHalf;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.util.List;
import java.util.Locale;
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
    private static final String ATTEMPT = EventCatalogue.kind(DeviceEvent.AttemptStarted.class);
    private static final String ERROR = EventRecords.word(LogLevel.ERROR);

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

    /** Whatever is bad for a device is one, but a line of its log only tells of it. */
    private static boolean isFailure(JournalEntry entry) {
        return entry.lane() == Lane.DEVICE && !isLine(entry) && EventCatalogue.tone(entry) == Tone.BAD;
    }

    private static boolean isLine(JournalEntry entry) {
        return EventCatalogue.role(entry) == EventRole.CONSOLE;
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
            if (entry.kind().equals(ATTEMPT)) {
                last = null;
            } else if (isLine(entry) && (last == null || weight(entry, code) >= weight(last, code))) {
                last = entry;
            }
        }
        return last;
    }

    private static int weight(JournalEntry line, @Nullable Object code) {
        boolean error = ERROR.equals(line.attributes().get("level"));
        boolean hasCode = code != null
                && !code.equals("0")
                && String.valueOf(line.attributes().get("message"))
                        .toLowerCase(Locale.ROOT)
                        .contains(code.toString());
        return (hasCode ? 2 : 0) + (error ? 1 : 0);
    }
}
