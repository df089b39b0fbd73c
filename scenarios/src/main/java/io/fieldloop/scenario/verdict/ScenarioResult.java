package io.fieldloop.scenario.verdict;

import io.fieldloop.scenario.journal.JournalEntry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case, run.
 *
 * @param id stable name of the case, {@code tls/certificate-expires[key=rsa]}: path below the suite, no ending, plus
 *     matrix values
 * @param title the file's {@code scenario:} line
 * @param why the file's {@code why:}, or null
 * @param links the file's links
 * @param tags the file's tags
 * @param rig {@code virtual}, {@code socket} or {@code qemu}
 * @param seed the seed it ran with
 * @param verdict worst of its expectations
 * @param problem one sentence that says why nothing can be concluded, or null
 * @param expectations each expectation's result, in file order
 * @param journal all that happened
 * @param simulated time that passed inside the scenario
 * @param wall time that passed outside
 * @param repeat the exact command that repeats this case
 */
public record ScenarioResult(
        String id,
        String title,
        @Nullable String why,
        List<String> links,
        List<String> tags,
        String rig,
        long seed,
        Verdict verdict,
        @Nullable String problem,
        List<ExpectationResult> expectations,
        List<JournalEntry> journal,
        Duration simulated,
        Duration wall,
        String repeat) {
    public ScenarioResult {
        links = List.copyOf(links);
        tags = List.copyOf(tags);
        expectations = List.copyOf(expectations);
        journal = List.copyOf(journal);
    }
}
