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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden rule: the diagnosis of a case's captures names, for each device and in order, the reasons that this device's
 * journal has, and no others.
 *
 * <p>The journal is in the captures, too, as comments; the diagnosis reads none of them. What no capture can show is listed in
 * {@code suite/CAPTURES.md} with why; run with {@code -Dfieldloop.refresh=true} to write it anew.
 */
final class CapturesNameTheReasonTest {
    private static final CauseTexts TEXTS = CauseTexts.bundled();
    private static final Path LIST = Path.of("suite", "CAPTURES.md");

    /** No packet says so; why is written into the list. */
    private static final Map<String, String> UNSEEN = Map.of(
            "dns-failure", "the simulated link resolves names itself: no question to a name server is on it",
            "invalid-url", "the device sends nothing",
            "channel-timeout", "the device closes in good order, as its user would",
            "upgrade-refused", "the redirects of a loop, and that its user gave up is no fault",
            "write-timeout",
                    "the device gave up minutes after it sent; that what it sent was lost is told (uplink-lost)",
            "connection-lost", "the device lost its power: nothing it sent says so");

    @TempDir
    private Path folder;

    private int failures;
    private int named;
    private int cases;
    private int casesNamed;
    private final List<String> rest = new ArrayList<>();

    @Test
    void everyReasonOfTheVirtualSuiteIsNamedOrListed() throws IOException {
        CaseRunner runner = new CaseRunner(RigFactory.virtual().capturing(), null, System::nanoTime);
        for (SuiteCase one : virtualCases().toList()) {
            Path evidence = folder.resolve(Integer.toString(cases));
            ScenarioResult result = runner.run(one, evidence, entry -> {});
            assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
            compare(one, result, evidence);
        }

        assertUpToDate(list());
        assertThat(named).as("reasons named").isGreaterThanOrEqualTo(failures * 99 / 100);
        assertThat(rest).noneMatch(row -> row.contains("not explained"));
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
            List<String> said = Files.exists(file) ? diagnosed(file) : List.of();
            List<String> expected = device.getValue();
            if (expected.isEmpty() && said.isEmpty()) {
                continue;
            }
            any = true;
            failures += expected.size();
            List<String> missing = new ArrayList<>(expected);
            said.forEach(missing::remove);
            named += expected.size() - missing.size();
            if (!said.equals(expected)) {
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
    private static List<String> diagnosed(Path file) throws IOException {
        return CaptureDiagnosis.read(file, new Secrets()).connections().stream()
                .filter(Told::isClaimed)
                .map(told -> TEXTS.of(told.causes().get(0).word()).reason())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
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
                + "\n\nWritten by `CapturesNameTheReasonTest`.\n";
    }

    private static void assertUpToDate(String generated) throws IOException {
        if (Boolean.getBoolean("fieldloop.refresh")) {
            Files.writeString(LIST, generated);
        }
        assertThat(LIST)
                .as("stale: run this test with -Dfieldloop.refresh=true and check the file in")
                .content()
                .isEqualTo(generated);
    }
}
