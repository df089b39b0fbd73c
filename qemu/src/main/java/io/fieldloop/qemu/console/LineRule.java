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
 * @param strict whether a pattern that takes too many steps is a mistake, and not a line it does not fit
 */
record LineRule(
        int order,
        String tag,
        Pattern line,
        Set<Observation> is,
        Set<Value> groups,
        Map<Value, String> constants,
        boolean strict) {

    private static final int SHOWN_CHARS_MAX = 60;

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
            if (strict) {
                throw new ConsoleDictionaryException("The pattern '" + line.pattern()
                        + "' of the dictionary takes too many steps on the line '" + beginning(message)
                        + "'; expected one without repetitions inside repetitions.");
            }
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
        return new LineRule(place, tag, line, observations, groups, constants, strict);
    }

    LineRule whichFails() {
        return new LineRule(order, tag, line, is, groups, constants, true);
    }

    private static String beginning(String message) {
        return message.length() <= SHOWN_CHARS_MAX ? message : message.substring(0, SHOWN_CHARS_MAX) + "...";
    }
}
