package io.fieldloop.scenario.model.value;

import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an expectation looks: from {@code after} (default: the start) for {@code within} or until {@code before}
 * (default: the end of the run).
 */
public record Window(
        @Doc("How long to look, counted from `after`, or from the start") @Nullable
        Duration within,

        @Doc("Look only after this: a time since the start, or the label or verb of one step, when that step is done")
        @Nullable
        Anchor after,

        @Doc("Look only before this: a time since the start, or the label or verb of one step, when that step begins")
        @Nullable
        Anchor before) {
    public Window {
        Duration from = after == null ? Duration.ZERO : after.time();
        Duration until = before == null ? null : before.time();
        if (from != null && until != null && from.compareTo(until) >= 0) {
            throw new IllegalArgumentException("looks at no time at all: `before` is not later than `after`");
        }
    }
}
