package io.fieldloop.scenario.suite;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.verdict.CaptureDiagnosis;
import io.fieldloop.scenario.diagnose.verdict.Told;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts which of the reasons that devices gave in their journals the diagnosis of their captures names, and no others. */
final class CaptureComparison {
    private static final CauseTexts TEXTS = CauseTexts.bundled();

    /** No packet says so; why is written into the list. */
    private static final Map<String, String> UNSEEN = Map.ofEntries(
            Map.entry("dns-failure", "the simulated link resolves names itself: no question to a name server is on it"),
            Map.entry("invalid-url", "the device sends nothing"),
            Map.entry("tcp-unreachable", "the device's own stack has no way there: it sends nothing"),
            Map.entry(
                    "tcp-timeout",
                    "what is sent to an address of nobody leaves no packet in the simulated link's capture"),
            Map.entry(
                    "no certificate-not-yet-valid",
                    "attempts of the device's own (MQTT, OTA) end nothing that was asked for: only its console tells them"),
            Map.entry(
                    "no pong-timeout",
                    "nobody used the connection to the broker that its pings lost: only the device's console tells it"),
            Map.entry(
                    "no write-timeout", "what the device sent was lost, and that it noticed is told and may be wrong"),
            Map.entry("not-configured", "the device sends nothing, or no more than its settings let it"),
            Map.entry(
                    "no tcp-refused",
                    "attempts of the device's own (MQTT, OTA) end nothing that was asked for: only its console tells them"),
            Map.entry(
                    "no tcp-timeout",
                    "attempts of the device's own (MQTT, OTA) end nothing that was asked for: only its console tells them"),
            Map.entry(
                    "no connect-refused",
                    "attempts of the device's own (MQTT, OTA) end nothing that was asked for: only its console tells them"),
            Map.entry(
                    "voice-unreachable",
                    "the simulated link resolves names itself: no question to a name server is on it"),
            Map.entry("closed-by-server", "whether a goodbye closes the channel is the firmware's own matter"),
            Map.entry("channel-timeout", "the device closes in good order, as its user would"),
            Map.entry(
                    "redirect-loop", "its redirects are told; after how many of them a device stops is its own matter"),
            Map.entry(
                    "write-timeout",
                    "the device gave up minutes after it sent; that what it sent was lost is told (uplink-lost)"),
            Map.entry("connection-lost", "its power or a restart ended it: nothing it sent says so"));

    private final ReadCaptures reads;
    private int failures;
    private int named;
    private int cases;
    private int casesNamed;
    private final List<String> rest = new ArrayList<>();

    /** Told of each capture in which something failed, and of the first reason that it names. */
    interface ReadCaptures {
        void read(String of, String reason, CaptureDiagnosis read);
    }

    CaptureComparison(ReadCaptures reads) {
        this.reads = reads;
    }

    void compare(SuiteCase one, ScenarioResult result, Path evidence) throws IOException {
        boolean any = false;
        boolean all = true;
        for (Map.Entry<String, List<String>> device : reasons(result.journal()).entrySet()) {
            Path file = evidence.resolve(device.getKey().replace('#', '-') + ".pcapng");
            CaptureDiagnosis read = Files.exists(file) ? CaptureDiagnosis.read(file, secrets(evidence)) : null;
            List<String> said = read == null ? List.of() : diagnosed(read);
            if (!said.isEmpty()) {
                reads.read(one.id() + " | " + device.getKey(), said.get(0), Objects.requireNonNull(read));
            }
            List<String> expected = device.getValue();
            if (expected.isEmpty() && said.isEmpty()) {
                continue;
            }
            any = true;
            failures += expected.size();
            List<String> missing = new ArrayList<>(expected);
            said.forEach(missing::remove);
            named += expected.size() - missing.size();
            if (!runs(said).equals(runs(expected))) {
                all = false;
                rest.add("| " + one.id().replace("|", "\\|") + " | " + device.getKey() + " | " + words(expected) + " | "
                        + words(said) + " | " + why(one, expected, said) + " |");
            }
        }
        cases += any ? 1 : 0;
        casesNamed += any && all ? 1 : 0;
    }

    /** Those that a front left, where there was one that does. */
    private static Secrets secrets(Path evidence) throws IOException {
        Secrets secrets = new Secrets();
        Path keys = evidence.resolve("front.keys");
        if (Files.exists(keys)) {
            secrets.add(Files.readString(keys));
        }
        return secrets;
    }

    private static Map<String, List<String>> reasons(List<JournalEntry> journal) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (JournalEntry entry : journal) {
            if (entry.lane() == Lane.DEVICE) {
                List<String> ofDevice = reasons.computeIfAbsent(entry.actor(), name -> new ArrayList<>());
                Object reason = entry.attributes().get("reason");
                boolean failed = entry.kind().equals("refused") || entry.kind().equals("offline");
                // Whoever hangs up in good order has no fault.
                if (failed && !FailureReason.CLOSED_BY_USER.toString().equals(String.valueOf(reason))) {
                    ofDevice.add(String.valueOf(reason));
                }
            }
        }
        return reasons;
    }

    /** Causes that are only possible are no claim, and a cause that is no device's reason is none about the device. */
    private static List<String> diagnosed(CaptureDiagnosis read) {
        return read.connections().stream()
                .filter(Told::isClaimed)
                .map(told -> TEXTS.of(told.causes().get(0).word()).reason())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    /** MQTT clients try twice for one failure that they tell: what repeats itself counts once. */
    private static List<String> runs(List<String> reasons) {
        List<String> runs = new ArrayList<>();
        for (String reason : reasons) {
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(reason)) {
                runs.add(reason);
            }
        }
        return runs;
    }

    private static String words(List<String> reasons) {
        Map<String, Long> counts =
                reasons.stream().collect(Collectors.groupingBy(one -> one, LinkedHashMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(one -> (one.getValue() > 1 ? one.getValue() + " times " : "") + one.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String why(SuiteCase one, List<String> expected, List<String> said) {
        if (one.id().startsWith("front/")) {
            return "the front ends TLS, and its program left no secrets";
        } else if (one.id().startsWith("tls/read-aborted")) {
            return "the device's own TCP gave up: no packet says so";
        } else if (one.id().startsWith("tls/input-buffer")) {
            return "the device's own buffer was too small, and it hung up without an alert: only its console says why";
        } else if (one.id().startsWith("modem/")) {
            return "it happened between chip and modem, where no network sees it";
        }
        return Stream.concat(
                        expected.stream().filter(reason -> !said.contains(reason)),
                        said.stream()
                                .filter(reason -> !expected.contains(reason))
                                .map("no "::concat))
                .findFirst()
                .map(reason -> UNSEEN.getOrDefault(reason, "not explained"))
                .orElse("the same, and not in the same order");
    }

    int failures() {
        return failures;
    }

    int named() {
        return named;
    }

    int cases() {
        return cases;
    }

    int casesNamed() {
        return casesNamed;
    }

    /** A row of a table for each device whose reasons and capture differ, with why. */
    List<String> rest() {
        return rest;
    }
}
