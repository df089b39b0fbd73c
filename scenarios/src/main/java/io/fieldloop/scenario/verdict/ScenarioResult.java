package io.fieldloop.scenario.verdict;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.RigKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One case, run.
 *
 * @param id stable name of the case, {@code tls/certificate-expires[key=rsa]}: path below the suite, no ending, plus
 *     matrix values
 * @param about what its file says of it
 * @param rig {@code virtual}, {@code socket} or {@code qemu}
 * @param seed the seed it ran with
 * @param verdict worst of its expectations
 * @param problem one sentence that says why the case could not be finished, or null; all that is known then is whether firmware
 *     crashed
 * @param expectations each expectation's result, in file order, after what firmware's crashes come to
 * @param journal all that happened
 * @param simulated time that passed inside the scenario
 * @param wall time that passed outside
 * @param repeat the exact command that repeats this case
 */
public record ScenarioResult(
        String id,
        About about,
        RigKind rig,
        long seed,
        Verdict verdict,
        @Nullable String problem,
        List<ExpectationResult> expectations,
        List<JournalEntry> journal,
        Duration simulated,
        Duration wall,
        String repeat) {
    public ScenarioResult {
        expectations = List.copyOf(expectations);
        journal = List.copyOf(journal);
    }

    public String title() {
        return about.title();
    }

    /** What kept it from passing: firmware's crash rather than what came of it, else why it could not be finished. */
    public Optional<String> headline() {
        return verdict != Verdict.FAILED && problem != null
                ? Optional.of(problem)
                : troubled().stream().findFirst().map(ExpectationResult::explanation);
    }

    /** The expectations that made the verdict, where it is no pass. */
    public List<ExpectationResult> troubled() {
        return expectations.stream()
                .filter(expectation -> verdict != Verdict.PASSED && expectation.verdict() == verdict)
                .toList();
    }

    /** Where to look in the file: the line of the first expectation that did not hold, else where the file begins. */
    public int line() {
        return troubled().stream()
                .findFirst()
                .map(ExpectationResult::position)
                .map(position -> Integer.valueOf(position.substring(position.lastIndexOf(':') + 1)))
                .orElse(about.position().line());
    }

    /** What of a known bug showed itself; empty where nothing did, and where something else than was expected happened. */
    public Optional<Reproduction> reproduction() {
        return verdict == Verdict.PASSED && about.fix() != null ? Reproduction.in(this) : Optional.empty();
    }
}
