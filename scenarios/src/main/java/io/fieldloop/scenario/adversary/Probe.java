package io.fieldloop.scenario.adversary;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One kind of unwelcome client: what it sends after connecting, and who behaves like that in the field.
 *
 * @param name kebab-case, as a scenario file writes it
 * @param imitates who sends this, in words
 * @param source where the bytes or the behaviour are documented; starts with {@code assumed} where nobody wrote it down
 * @param listeners the listeners it makes sense against, of {@code ws}, {@code wss}, {@code mqtt}, {@code mqtts} and {@code udp}
 * @param steps what it does, in order; the last one ends the connection
 */
public record Probe(String name, String imitates, String source, Set<String> listeners, List<ProbeStep> steps) {
    public Probe {
        listeners = Collections.unmodifiableSet(new LinkedHashSet<>(listeners));
        steps = List.copyOf(steps);
    }
}
