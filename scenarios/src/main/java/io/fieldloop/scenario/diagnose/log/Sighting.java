package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Evidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sign, and the line that has it.
 *
 * @param values what the pattern's groups captured
 */
record Sighting(Sign sign, ConsoleLine line, Map<String, String> values) {
    @Nullable
    String value(String group) {
        return values.get(group);
    }

    boolean is(Turn turn) {
        return sign.turn() == turn;
    }

    Evidence evidence(String says) {
        return new Evidence(line.place(), line.text(), says);
    }
}
