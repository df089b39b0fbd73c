package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.model.PlacedStep;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.shape.yaml.Problem;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells which steps can never begin when their {@code at:} says, because the steps before take longer.
 *
 * <p>Counts what a step takes at least; one that is held up by what it waits for is seen only in the run.
 */
final class StepTimes {
    private final Consumer<Problem> problems;

    StepTimes(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** The earliest end of {@code steps} that begin at {@code begin}. */
    Duration earliestEnd(List<PlacedStep> steps, Duration begin, String path) {
        Duration now = begin;
        for (int i = 0; i < steps.size(); i++) {
            now = earliestEnd(steps.get(i), now, path + "[" + (i + 1) + "]");
        }
        return now;
    }

    private Duration earliestEnd(PlacedStep placed, Duration ready, String path) {
        Duration at = placed.at() == null ? ready : placed.at();
        if (at.compareTo(ready) < 0) {
            problems.accept(new Problem(
                    placed.position(),
                    path + ".at",
                    DurationText.print(at) + " is past before it can begin: the steps before it take "
                            + DurationText.print(ready) + " or more",
                    "a later time, or no `at`",
                    null));
            at = ready;
        }
        Duration alone = at.plus(placed.step().takesAtLeast());
        Duration meanwhile = earliestEnd(placed.meanwhile(), at, path + ".meanwhile");
        return alone.compareTo(meanwhile) > 0 ? alone : meanwhile;
    }
}
