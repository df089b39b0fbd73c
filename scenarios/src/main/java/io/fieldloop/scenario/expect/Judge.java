package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.value.Window;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Judges every expectation of a scenario over what was seen of its run. */
public final class Judge {
    private final Scenario scenario;
    private final Set<Lane> unobservableLanes;
    private final ObservationMatcher matcher;

    /**
     * @param unobservable attributes of a device's events that the rig cannot observe
     * @param unobservableLanes whose events the rig cannot observe at all
     */
    public Judge(Scenario scenario, Set<String> unobservable, Set<Lane> unobservableLanes) {
        this.scenario = scenario;
        this.unobservableLanes = Set.copyOf(unobservableLanes);
        this.matcher = new ObservationMatcher(scenario, unobservable, unobservableLanes);
    }

    /**
     * Results in file order; before them, since they explain the others, what firmware's crashes come to and how generators kept time.
     * Where one did not, what was expected is left open. Behind them stand faults that never acted.
     */
    public List<ExpectationResult> judge(Timeline timeline) {
        List<ExpectationResult> generators = generators(timeline);
        if (generators.stream().anyMatch(one -> one.verdict() != Verdict.PASSED)) {
            return generators;
        }
        return Stream.of(
                        crashes(timeline),
                        generators,
                        scenario.expect().stream()
                                .map(expectation -> judge(expectation, timeline))
                                .toList(),
                        new UnreachedFaultChecker(scenario).check(timeline))
                .flatMap(List::stream)
                .toList();
    }

    /** How each generator of a load kept time; one that has only some of the devices can say no more. */
    public List<ExpectationResult> generators(Timeline timeline) {
        return scenario.load() == null ? List.of() : new GeneratorChecker(scenario.load()).check(timeline);
    }

    /** What crashes of firmware that no expectation names come to; a run that could not be finished may have ended by one. */
    public List<ExpectationResult> crashes(Timeline timeline) {
        return new CrashChecker(scenario).check(timeline).stream().toList();
    }

    private ExpectationResult judge(Expectation expectation, Timeline timeline) {
        Optional<Span> span = timeline.span(windowOf(expectation));
        if (span.isEmpty()) {
            return Findings.inconclusive("The run ended before the step that this expectation waits for.")
                    .resultOf(expectation);
        }
        return findings(expectation, timeline, span.get()).resultOf(expectation);
    }

    private Findings findings(Expectation expectation, Timeline timeline, Span span) {
        if (expectation instanceof Expectation.Device device) {
            return new DeviceChecker(matcher).check(device, timeline, span);
        }
        if (expectation instanceof Expectation.Event event) {
            return new EventChecker(matcher).check(event, timeline, span);
        }
        if (expectation instanceof Expectation.Never never) {
            return new NeverChecker(matcher).check(never, timeline, span);
        }
        return new MeasureChecker(scenario, unobservableLanes)
                .check((Expectation.Measured) expectation, timeline, span);
    }

    /**
     * When, since the start, every window that ends by itself has ended and so nothing more can be learnt; open-ended
     * windows end with the steps. Steps that are still to come count as far away.
     */
    public long watchUntilNanos(Timeline soFar) {
        return scenario.expect().stream()
                .map(expectation -> soFar.span(windowOf(expectation)))
                .mapToLong(span -> span.map(Span::toNanos)
                        .filter(end -> end != Long.MAX_VALUE)
                        .orElse(0L))
                .max()
                .orElse(0);
    }

    /** Whether nothing that can still happen would change the verdict: all hold, and none could be spoilt later. */
    public boolean decided(Timeline soFar) {
        return scenario.expect().stream().allMatch(Judge::onlyWaitsForSomething)
                && judge(soFar).stream().allMatch(result -> result.verdict() == Verdict.PASSED);
    }

    private static boolean onlyWaitsForSomething(Expectation expectation) {
        return expectation instanceof Expectation.Device
                || (expectation instanceof Expectation.Event event
                        && event.count().max() == Long.MAX_VALUE);
    }

    private static Window windowOf(Expectation expectation) {
        if (expectation instanceof Expectation.Observation observation) {
            return observation.window();
        }
        if (expectation instanceof Expectation.Never never) {
            return never.never().window();
        }
        return ((Expectation.Measured) expectation).window();
    }
}
