package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.AppliedFaults;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.FaultSpec;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.verdict.ExpectationResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks what no file has to say: that each fault it sets has acted, unless an expectation names it.
 *
 * <p>A fault that no connection came as far as leaves a run in which all is well, and which shows nothing.
 */
final class UnreachedFaultChecker {
    private final Scenario scenario;

    UnreachedFaultChecker(Scenario scenario) {
        this.scenario = scenario;
    }

    /** One result for each kind of fault that never acted, at its first place in the file. */
    List<ExpectationResult> check(Timeline timeline) {
        List<FaultSpec> set = Stream.concat(
                        scenario.gateway().faults().stream(),
                        scenario.allSteps()
                                .filter(Step.Faults.class::isInstance)
                                .flatMap(step -> ((Step.Faults) step).faults().stream()))
                .filter(fault -> !isNamed(fault.name()))
                .toList();
        if (set.isEmpty()) {
            return List.of();
        }
        Set<String> acted = AppliedFaults.in(timeline.entries());
        return set.stream()
                .filter(fault -> acted.add(fault.name()))
                .map(UnreachedFaultChecker::unreached)
                .toList();
    }

    private static ExpectationResult unreached(FaultSpec fault) {
        String name = fault.name();
        return Findings.inconclusive(
                        "The fault " + name + " never acted, so this run shows nothing of it: no connection came"
                                + " as far as that. Let one, or say that it is meant with { never: { event: fault-applied, where: { fault: "
                                + name + " } } }.")
                .resultOf("the fault " + name + " acts", fault.position());
    }

    private boolean isNamed(String fault) {
        return scenario.expect().stream()
                .map(expectation -> expectation instanceof Expectation.Never never ? never.never() : expectation)
                .anyMatch(expectation -> expectation instanceof Expectation.Event event
                        && event.event().equals(AppliedFaults.KIND)
                        && fault.equals(event.where().getOrDefault(AppliedFaults.FAULT, fault)));
    }
}
