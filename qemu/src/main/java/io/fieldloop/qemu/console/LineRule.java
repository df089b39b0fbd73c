package io.fieldloop.qemu.console;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line a firmware may print, and what it says.
 *
 * @param order place in the dictionary; where several lines of an attempt give a reason, the rule with the lowest wins
 * @param tag empty for lines without a tag
 * @param groups the values its pattern captures
 * @param constants the values it has anyway
 */
record LineRule(
        int order, String tag, Pattern line, Set<Observation> is, Set<Value> groups, Map<Value, String> constants) {

    /** What a line said. */
    record Sighting(LineRule rule, Map<Value, String> values, String message) {
        Optional<String> value(Value value) {
            return Optional.ofNullable(values.get(value));
        }

        boolean is(Observation observation) {
            return rule.is().contains(observation);
        }
    }

    /** What the message says, if this is the line. */
    Optional<Sighting> read(String message) {
        Matcher matcher = line.matcher(new BudgetedText(message));
        try {
            if (!matcher.find()) {
                return Optional.empty();
            }
        } catch (BudgetedText.Exhausted tooSlow) {
            return Optional.empty();
        }
        Map<Value, String> values = new EnumMap<>(Value.class);
        values.putAll(constants);
        for (Value value : groups) {
            String captured = matcher.group(value.word());
            if (captured != null && !captured.isEmpty()) {
                values.put(value, captured);
            }
        }
        return Optional.of(new Sighting(this, values, message));
    }

    /** Whether the rule decides on the code: by a capture, a constant, or by saying there is none. */
    boolean decides(Value value) {
        return groups.contains(value) || constants.containsKey(value);
    }

    LineRule at(int place, Set<Observation> observations) {
        return new LineRule(place, tag, line, observations, groups, constants);
    }
}
