package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.catalogue.EventKinds;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.shape.Nearest;
import io.fieldloop.scenario.shape.Problem;
import io.fieldloop.scenario.shape.Problems;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Checks what single keys cannot tell: whether an event is one of its actor's, and its reason one of the closed list. */
final class EventWordChecker {
    private final Consumer<Problem> problems;

    EventWordChecker(Consumer<Problem> problems) {
        this.problems = problems;
    }

    void check(Scenario scenario) {
        for (int i = 0; i < scenario.expect().size(); i++) {
            Expectation expectation = scenario.expect().get(i);
            String path = "expect[" + (i + 1) + "]";
            if (expectation instanceof Expectation.Never never) {
                expectation = never.never();
                path += ".never";
            }
            if (expectation instanceof Expectation.Event event) {
                check(event, path);
            }
        }
    }

    private void check(Expectation.Event event, String path) {
        if (event.of() != null) {
            List<String> kinds = EventKinds.of(event.of());
            oneOf(event, path + ".event", event.of().wireName() + " event", event.event(), kinds);
        }
        if (event.event().equals("handshake-refused")) {
            List<String> classes = Arrays.stream(RefusalClass.values())
                    .map(RefusalClass::wireName)
                    .toList();
            List<String> reasons = Arrays.stream(RefusalReason.values())
                    .map(RefusalReason::wireName)
                    .toList();
            attribute(event, path, "class", "refusal class", classes);
            attribute(event, path, "reason", "refusal reason", reasons);
        }
    }

    private void attribute(Expectation.Event event, String path, String key, String what, List<String> known) {
        String word = event.where().get(key);
        if (word != null) {
            oneOf(event, path + ".where." + key, what, word, known);
        }
    }

    private void oneOf(Expectation.Event event, String path, String what, String word, List<String> known) {
        if (!known.contains(word)) {
            problems.accept(new Problem(
                    event.position(),
                    path,
                    "unknown " + what + " \"" + word + "\"",
                    "one of " + Problems.list(known),
                    Nearest.to(word, known).orElse(null)));
        }
    }
}
