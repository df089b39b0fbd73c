package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.log.ConsoleLog;
import io.fieldloop.scenario.diagnose.log.LogException;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The golden rule of diagnoses from logs: what a device's console comes to names each reason the device gave.
 *
 * <p>A reason that the console does not tell from one that was named is let pass; {@code ambiguous} of {@code stock.yaml} lists them, each
 * with why. The user's own doing is not a failure.
 */
final class LogGoldenRule {
    private static final CauseTexts TEXTS = CauseTexts.bundled();
    private static final ConsoleLog LOG = new ConsoleLog(TEXTS);
    private static final ConsoleDictionary STOCK = ConsoleDictionary.stock();

    /** MQTT settings that lack the topic: no hello is sent, and no line says so. */
    private static final String NOTHING_PRINTED = "not-configured";

    private LogGoldenRule() {}

    static void check(List<JournalEntry> journal) {
        Map<String, List<JournalEntry>> byDevice = journal.stream()
                .filter(entry -> entry.lane() == Lane.DEVICE)
                .collect(Collectors.groupingBy(JournalEntry::actor));
        byDevice.forEach((device, entries) -> {
            Set<String> expected = reasons(entries);
            if (!expected.isEmpty()) {
                Set<String> named = named(console(entries));
                expected.removeIf(reason -> named.contains(reason) || isDoubtful(named, reason));
                if (named.isEmpty()) {
                    expected.remove(NOTHING_PRINTED);
                }
                assertThat(expected).as("%s: named %s, and not", device, named).isEmpty();
            }
        });
    }

    private static Set<String> reasons(List<JournalEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.kind().equals("refused") || entry.kind().equals("offline"))
                .map(entry -> (String) entry.attributes().get("reason"))
                .filter(Objects::nonNull)
                .filter(reason -> !reason.equals("closed-by-user"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String console(List<JournalEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.kind().equals("log"))
                .map(JournalEntry::attributes)
                .map(log -> log.get("level") + " (" + log.get("uptime-millis") + ") " + log.get("tag") + ": "
                        + log.get("message") + "\n")
                .collect(Collectors.joining());
    }

    private static Set<String> named(String console) {
        Set<String> named = new LinkedHashSet<>();
        try {
            ByteArrayInputStream log = new ByteArrayInputStream(console.getBytes(StandardCharsets.UTF_8));
            for (Finding finding : LOG.read("console", log, STOCK, entry -> {}).findings()) {
                for (Cause cause : finding.causes()) {
                    named.add(cause.word());
                    named.add(Objects.requireNonNullElse(TEXTS.of(cause.word()).reason(), cause.word()));
                }
            }
        } catch (LogException saysNothing) {
            return named;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return named;
    }

    private static boolean isDoubtful(Set<String> named, String reason) {
        return STOCK.ambiguities().stream()
                .anyMatch(one ->
                        named.contains(one.said().wireName()) && one.mayBe().contains(FailureReason.named(reason)));
    }
}
