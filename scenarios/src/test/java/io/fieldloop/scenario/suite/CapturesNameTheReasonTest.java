package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.verdict.CaptureDiagnosis;
import io.fieldloop.scenario.diagnose.verdict.Told;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden rule: the diagnosis of a case's captures names, for each device and in order, the reasons that this device's
 * journal has, and no others.
 *
 * <p>The journal is in the captures, too, as comments; the diagnosis reads none of them. What no capture can show is listed in
 * {@code suite/CAPTURES.md} with why; {@code -Dfieldloop.refresh=true} writes it anew.
 */
@Order(3)
final class CapturesNameTheReasonTest {
    private static final CauseTexts TEXTS = CauseTexts.bundled();
    private static final Path LIST = Path.of("suite", "CAPTURES.md");

    /** No packet says so; why is written into the list. */
    private static final Map<String, String> UNSEEN = Map.ofEntries(
            Map.entry("dns-failure", "the simulated link resolves names itself: no question to a name server is on it"),
            Map.entry("invalid-url", "the device sends nothing"),
            Map.entry("not-configured", "the device sends nothing, or no more than its settings let it"),
            Map.entry(
                    "tcp-refused",
                    "attempts of the device's own (MQTT, OTA) end nothing that was asked for: only its console tells them"),
            Map.entry(
                    "tcp-timeout",
                    "attempts of the device's own (MQTT, OTA) end nothing that was asked for: only its console tells them"),
            Map.entry(
                    "connect-refused",
                    "attempts of the device's own (MQTT, OTA) end nothing that was asked for: only its console tells them"),
            Map.entry(
                    "voice-unreachable",
                    "the simulated link resolves names itself: no question to a name server is on it"),
            Map.entry("closed-by-server", "whether a goodbye closes the channel is the firmware's own matter"),
            Map.entry("channel-timeout", "the device closes in good order, as its user would"),
            Map.entry("upgrade-refused", "the redirects of a loop, and that its user gave up is no fault"),
            Map.entry(
                    "write-timeout",
                    "the device gave up minutes after it sent; that what it sent was lost is told (uplink-lost)"),
            Map.entry("connection-lost", "its power or a restart ended it: nothing it sent says so"));

    @TempDir
    private Path folder;

    private int failures;
    private int named;
    private int cases;
    private int casesNamed;
    private int scenarios;
    private int again;
    private final List<String> rest = new ArrayList<>();
    private final List<String> restOfScenarios = new ArrayList<>();
    private final Map<String, String> outcomes = new HashMap<>();

    @Test
    void everyReasonOfTheVirtualSuiteIsNamedOrListed() throws IOException {
        CaseRunner runner = new CaseRunner(RigFactory.virtual().capturing(), null, System::nanoTime);
        for (SuiteCase one : virtualCases().toList()) {
            Path evidence = folder.resolve(Integer.toString(cases));
            ScenarioResult result = runner.run(one, evidence, entry -> {});
            assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
            compare(one, result, evidence);
        }

        if (Boolean.getBoolean("fieldloop.refresh")) {
            Files.writeString(LIST, list());
        }
        assertThat(named).as("reasons named, not: %s", rest).isGreaterThanOrEqualTo(failures * 97 / 100);
        assertThat(again).as("reasons again, not: %s", restOfScenarios).isGreaterThanOrEqualTo(scenarios * 97 / 100);
        assertThat(list())
                .as("%s is stale: run this test with -Dfieldloop.refresh=true and check the file in", LIST)
                .isEqualTo(Files.readString(LIST));
    }

    private static Stream<SuiteCase> virtualCases() {
        return SuiteFiles.allCases()
                .filter(one ->
                        one.scenario().only() == null || one.scenario().only().rig() == RigKind.VIRTUAL);
    }

    private void compare(SuiteCase one, ScenarioResult result, Path evidence) throws IOException {
        boolean any = false;
        boolean all = true;
        for (Map.Entry<String, List<String>> device : reasons(result.journal()).entrySet()) {
            Path file = evidence.resolve(device.getKey().replace('#', '-') + ".pcapng");
            CaptureDiagnosis read = Files.exists(file) ? CaptureDiagnosis.read(file, new Secrets()) : null;
            List<String> said = read == null ? List.of() : diagnosed(read);
            if (!said.isEmpty()) {
                runAgain(one.id() + " | " + device.getKey(), said.get(0), Objects.requireNonNull(read));
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
                        + words(said) + " | " + why(expected, said) + " |");
            }
        }
        cases += any ? 1 : 0;
        casesNamed += any && all ? 1 : 0;
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

    /** The scenario that is made of a capture fails for the reason that the capture shows; equal ones are run once. */
    private void runAgain(String of, String reason, CaptureDiagnosis read) {
        scenarios++;
        String text = read.scenario().orElse("");
        String meaning = text.lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("why: "))
                .map(line -> line.replaceAll("  # .*", ""))
                .collect(Collectors.joining("\n"));
        String outcome =
                outcomes.computeIfAbsent(meaning, any -> text.isEmpty() ? "no scenario shows it" : outcome(text));
        if (outcome.isEmpty()) {
            again++;
        } else {
            restOfScenarios.add("| " + of + " | " + reason + " | " + outcome.replace("|", "\\|") + " |");
        }
    }

    /** Empty where all its expectations hold. */
    private static String outcome(String text) {
        SuiteCase one = SuiteFiles.cases("again.yaml", text).get(0);
        ScenarioResult result = SuiteFiles.run(one, RigKind.VIRTUAL);
        return result.verdict() == Verdict.PASSED
                ? ""
                : result.expectations().get(0).explanation();
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

    private static String why(List<String> expected, List<String> said) {
        return Stream.concat(expected.stream(), said.stream())
                .filter(reason -> !said.contains(reason) || !expected.contains(reason))
                .findFirst()
                .map(reason -> UNSEEN.getOrDefault(reason, "not explained"))
                .orElse("not explained");
    }

    private String list() {
        return """
                # What captures show of the suite

                `fieldloop diagnose` on the capture of each device, against the reasons in the device's own journal: %d of %d
                reasons are named, and no other, in %d of the %d cases in which anything failed. The rest:

                | case | device | the device says | the capture says | why |
                |---|---|---|---|---|
                """.formatted(named, failures, casesNamed, cases)
                + String.join("\n", rest)
                + """


                `--scenario` on each of these captures, and `fieldloop run` on what it wrote: %d of %d end with the same reason.
                The rest:

                | case | device | reason | what came instead |
                |---|---|---|---|
                """.formatted(again, scenarios)
                + String.join("\n", restOfScenarios)
                + "\n\nWritten by `CapturesNameTheReasonTest`.\n";
    }
}
