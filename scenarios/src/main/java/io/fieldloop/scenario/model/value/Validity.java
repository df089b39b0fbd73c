package io.fieldloop.scenario.model.value;

import io.fieldloop.scenario.shape.annotation.Positional;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import java.time.Duration;

/**
 * From when to when a certificate is valid, as offsets from the start of the scenario.
 *
 * @param notBefore offset of the first valid instant
 * @param notAfter offset of the last valid instant
 */
@Positional
public record Validity(
        @Written(Syntax.OFFSET) Duration notBefore,
        @Written(Syntax.OFFSET) Duration notAfter) {
    public Validity {
        if (notBefore.compareTo(notAfter) >= 0) {
            throw new IllegalArgumentException("ends before it begins");
        }
    }

    /** Whether it is valid so long after the start of the scenario. */
    public boolean contains(Duration time) {
        return notBefore.compareTo(time) <= 0 && time.compareTo(notAfter) <= 0;
    }
}
