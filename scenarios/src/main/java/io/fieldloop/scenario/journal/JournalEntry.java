package io.fieldloop.scenario.journal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param sequence position in the journal, from 0; entries of equal time keep the order in which they happened
 * @param nanos nanoseconds since the scenario began, on the rig's clock
 * @param lane who it happened to, by kind
 * @param actor who it happened to, by the name the scenario gives it, for example {@code door}; a device of a group is
 *     {@code door#7}
 * @param kind what happened, from the closed lists of the modules, for example {@code handshake-refused}
 * @param attributes details in a fixed order; values are {@code String}, {@code Long}, {@code Double}, {@code Boolean},
 *     or {@code java.time.Duration}
 */
public record JournalEntry(
        long sequence, long nanos, Lane lane, String actor, String kind, Map<String, Object> attributes) {
    /** What the key of a duration ends in where an entry is written: the value is a number of seconds. */
    public static final String SECONDS = "-seconds";

    public JournalEntry {
        attributes = Attributes.of(attributes);
    }

    /** An attribute by the key it is written with; a duration is a number of seconds. */
    public @Nullable Object written(String key) {
        String name = key.endsWith(SECONDS) ? key.substring(0, key.length() - SECONDS.length()) : key;
        return attributes.get(name) instanceof Duration duration
                ? (Object) BigDecimal.valueOf(duration.toNanos(), 9)
                : attributes.get(key);
    }
}
