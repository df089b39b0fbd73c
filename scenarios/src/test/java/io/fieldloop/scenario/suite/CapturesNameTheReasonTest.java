package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.verdict.CaptureDiagnosis;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final Path LIST = Path.of("suite", "CAPTURES.md");
    private static final RigFactory RERUNS = VirtualRigs.factory();

    @TempDir
    private Path folder;

    private int ran;
    private int scenarios;
    private int again;
    private final CaptureComparison comparison = new CaptureComparison(this::runAgain);
    private final List<String> restOfScenarios = new ArrayList<>();
    private final Map<String, String> outcomes = new HashMap<>();

    @Test
    void everyReasonOfTheVirtualSuiteIsNamedOrListed() throws IOException {
        CaseRunner runner = new CaseRunner(VirtualRigs.factory().capturing(), null, System::nanoTime);
        for (SuiteCase one : virtualCases().toList()) {
            Path evidence = folder.resolve(Integer.toString(ran++));
            ScenarioResult result = runner.run(one, evidence, entry -> {});
            assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
            comparison.compare(one, result, evidence);
        }

        if (Boolean.getBoolean("fieldloop.refresh")) {
            Files.writeString(LIST, list());
        }
        assertThat(comparison.named())
                .as("reasons named, not: %s", comparison.rest())
                .isGreaterThanOrEqualTo(comparison.failures() * 95 / 100);
        assertThat(again).as("reasons again, not: %s", restOfScenarios).isGreaterThanOrEqualTo(scenarios * 97 / 100);
        assertThat(list())
                .as("%s is stale: run this test with -Dfieldloop.refresh=true and check the file in", LIST)
                .isEqualTo(Files.readString(LIST));
    }

    private static Stream<SuiteCase> virtualCases() {
        return SuiteFiles.allCases().filter(one -> VirtualRigs.factory().whyNot(one.scenario()) == null);
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
        ScenarioResult result = SuiteFiles.run(one, RERUNS);
        return result.verdict() == Verdict.PASSED
                ? ""
                : result.expectations().get(0).explanation();
    }

    private String list() {
        return """
                # What captures show of the suite

                `fieldloop diagnose` on the capture of each device, against the reasons in the device's own journal: %d of %d
                reasons are named, and no other, in %d of the %d cases in which anything failed. The rest:

                | case | device | the device says | the capture says | why |
                |---|---|---|---|---|
                """.formatted(comparison.named(), comparison.failures(), comparison.casesNamed(), comparison.cases())
                + String.join("\n", comparison.rest())
                + """


                `--scenario` on each of these captures, and `fieldloop run` on what it wrote: %d of %d end with the same reason.
                """.formatted(again, scenarios)
                + (restOfScenarios.isEmpty() ? "" : table())
                + "\nWritten by `CapturesNameTheReasonTest`.\n";
    }

    private String table() {
        return """
                The rest:

                | case | device | reason | what came instead |
                |---|---|---|---|
                """ + String.join("\n", restOfScenarios) + "\n";
    }
}
