package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleTranslator;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the log lines of a journal, and nothing else, to a translator and compares what it makes of them with what the simulator said.
 *
 * <p>The simulator prints what a real device prints, so a translator that hears nothing but its lines must come to the simulator's own
 * report. Where a real log does not tell two things apart, the dictionary must say so.
 */
final class ConsoleAgreement {
    /** What a stock console shows; the rest of the simulator's events it never does. */
    private static final Set<String> KINDS = Set.of(
            "attempt-started", "online", "refused", "offline", "state-changed", "turn-completed", "turn-interrupted");

    private static final List<String> ATTRIBUTES =
            List.of("url", "session-id", "reason", "code", "phase", "from", "to", "elapsed");

    /** They log the loss of an open channel no otherwise than its end by the server. */
    private static final Set<String> SILENT =
            Set.of("xiaozhi-ml307", "xiaozhi-ml307-tls-always", "xiaozhi-ml307-tls-on-443", "strict-rfc6455");

    private static final Set<String> RESETS = Set.of("reset-device", "power-cut");

    private static final ConsoleDictionary STOCK = ConsoleDictionary.stock();

    private record Report(long nanos, String kind, Map<String, Object> attributes) {
        static Report of(long nanos, String kind, Map<String, Object> all) {
            Map<String, Object> kept = new LinkedHashMap<>(all);
            kept.keySet().retainAll(ATTRIBUTES);
            if (kind.startsWith("turn-")) {
                kept.remove("elapsed"); // nobody logs when the user begins to speak
            }
            // The states of a turn that was answered into are those of any other.
            return new Report(nanos, kind.equals("turn-interrupted") ? "turn-completed" : kind, kept);
        }

        boolean isOwnDoing() {
            return "closed-by-user".equals(attributes.get("reason"));
        }

        @Nullable
        FailureReason reason() {
            Object reason = attributes.get("reason");
            return reason == null ? null : FailureReason.named((String) reason);
        }
    }

    private ConsoleAgreement() {}

    static void check(Scenario scenario, List<JournalEntry> journal) {
        if (journal.stream().anyMatch(ConsoleAgreement::takesPower)) {
            return; // the harness did that itself, and tells the translator
        }
        Map<String, List<JournalEntry>> byDevice = journal.stream()
                .filter(entry -> entry.lane() == Lane.DEVICE)
                .collect(Collectors.groupingBy(JournalEntry::actor));
        byDevice.forEach((device, entries) -> {
            if (entries.stream().anyMatch(ConsoleAgreement::speaksMqtt)) {
                return; // its broker's connection and its channel are two, and the dictionary knows one
            }
            boolean silent = SILENT.contains(profile(scenario, device));
            List<Report> reported = comparable(entries.stream()
                    .filter(entry -> KINDS.contains(entry.kind()))
                    .map(entry -> Report.of(entry.nanos(), entry.kind(), entry.attributes())));
            assertAgree(device, silent, reported, comparable(read(entries).stream()));
        });
        LogGoldenRule.check(journal);
    }

    private static boolean speaksMqtt(JournalEntry entry) {
        return (entry.kind().equals("attempt-started")
                        && String.valueOf(entry.attributes().get("url")).startsWith("mqtt"))
                || (entry.kind().equals("log")
                        && "MQTT".equals(entry.attributes().get("tag")));
    }

    private static boolean takesPower(JournalEntry entry) {
        return entry.kind().equals("step-began")
                && RESETS.contains(String.valueOf(entry.attributes().get("verb")));
    }

    private static String profile(Scenario scenario, String device) {
        int hash = device.indexOf('#');
        return Objects.requireNonNull(scenario.devices().get(hash < 0 ? device : device.substring(0, hash)))
                .profile();
    }

    /** A channel that is open while nobody speaks is closed without a line; what a modem does before that is AT, which no dictionary reads. */
    private static List<Report> comparable(Stream<Report> reports) {
        return reports.filter(report -> !(report.kind().equals("offline") && report.isOwnDoing()))
                .filter(report -> report.reason() != FailureReason.MODEM_NOT_READY)
                .toList();
    }

    private static List<Report> read(List<JournalEntry> entries) {
        List<Report> read = new ArrayList<>();
        long[] nanos = new long[1];
        ConsoleTranslator translator = new ConsoleTranslator(STOCK, event -> {
            if (KINDS.contains(event.kind())) {
                read.add(Report.of(nanos[0], event.kind(), event.attributes()));
            }
        });
        for (JournalEntry entry : entries) {
            if (entry.kind().equals("log")) {
                Map<String, Object> log = entry.attributes();
                nanos[0] = entry.nanos();
                translator.line(
                        log.get("level") + " (" + log.get("uptime-millis") + ") " + log.get("tag") + ": "
                                + log.get("message"),
                        entry.nanos());
            }
        }
        return read;
    }

    private static void assertAgree(String device, boolean silent, List<Report> reported, List<Report> read) {
        for (int i = 0; i < Math.min(reported.size(), read.size()); i++) {
            if (!agree(silent, reported.get(i), read.get(i))) {
                assertThat(read.get(i)).as("report %d of %s", i, device).isEqualTo(reported.get(i));
            }
        }
        assertThat(read).as(device).hasSameSizeAs(reported);
    }

    private static boolean agree(boolean silent, Report reported, Report read) {
        if (reported.equals(read)) {
            return true;
        }
        if (!reported.kind().equals(read.kind()) || reported.nanos() != read.nanos()) {
            return false;
        }
        if (reported.isOwnDoing() && read.isOwnDoing()) {
            return true; // the phase of an attempt the user gave up is not logged
        }
        FailureReason happened = reported.reason();
        FailureReason said = read.reason();
        if (happened == null || said == null) {
            return false;
        }
        boolean lostLikeClosed =
                silent && happened == FailureReason.CONNECTION_LOST && said == FailureReason.CLOSED_BY_SERVER;
        return lostLikeClosed
                || STOCK.doubt(said, (String) read.attributes().get("code"), happened)
                        .isPresent();
    }
}
