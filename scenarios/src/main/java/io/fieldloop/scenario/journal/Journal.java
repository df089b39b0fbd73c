package io.fieldloop.scenario.journal;

import io.fieldloop.server.connection.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Collects the entries of one scenario in the order in which they happened.
 *
 * <p>Every actor writes to it from its own event loop; on the socket rig those are several threads, so time is taken
 * under the same lock that gives the position: no entry is ever older than the one before it.
 */
public final class Journal {
    private final LongSupplier nanosSinceStart;
    private final List<JournalEntry> entries = Collections.synchronizedList(new ArrayList<>());
    private final SharedAttributes seen = new SharedAttributes();
    private final List<Consumer<JournalEntry>> observers = new ArrayList<>();
    private boolean closed;

    /** @param nanosSinceStart the rig's clock, 0 when the scenario began */
    public Journal(LongSupplier nanosSinceStart) {
        this.nanosSinceStart = nanosSinceStart;
    }

    /** Begins with what was seen before: nothing else is in it yet. */
    public synchronized void begin(List<JournalEntry> before) {
        for (JournalEntry entry : before) {
            entries.add(entry);
            observers.forEach(observer -> observer.accept(entry));
        }
    }

    /** Adds an entry; what happens after {@link #close} is no longer part of the run and is dropped. */
    public synchronized void write(Lane lane, String actor, String kind, Map<String, Object> attributes) {
        if (closed) {
            return;
        }
        JournalEntry entry = new JournalEntry(
                entries.size(), nanosSinceStart.getAsLong(), lane, actor, kind, seen.of(attributes, Journal::masked));
        entries.add(entry);
        observers.forEach(observer -> observer.accept(entry));
    }

    /** What is in no entry is in no report: tokens stay out of all of them at once. */
    private static Map<String, Object> masked(Map<String, Object> attributes) {
        Map<String, Object> masked = attributes;
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            if (attribute.getValue() instanceof String text
                    && !Secrets.masked(text).equals(text)) {
                masked = masked == attributes ? new LinkedHashMap<>(attributes) : masked;
                masked.put(attribute.getKey(), Secrets.masked(text));
            }
        }
        return masked;
    }

    /** Calls {@code observer} with each later entry, on the writer's thread; it must not block. */
    public synchronized void observe(Consumer<JournalEntry> observer) {
        observers.add(observer);
    }

    /** Ends the record: what the clearing-up does is nobody's evidence. */
    public synchronized void close() {
        closed = true;
    }

    /** What has been written so far; waits for no observer, so that a run one of them holds up can still be given up. */
    public List<JournalEntry> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }
}
