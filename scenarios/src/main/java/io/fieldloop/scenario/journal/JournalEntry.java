package io.fieldloop.scenario.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
    public JournalEntry {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
