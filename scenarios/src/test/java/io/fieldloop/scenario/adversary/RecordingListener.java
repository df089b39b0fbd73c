package io.fieldloop.scenario.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Keeps every event with its time. */
final class RecordingListener implements AdversaryListener {
    private final List<Entry> entries = new ArrayList<>();
    private final LongSupplier nanos;

    RecordingListener(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public synchronized void onEvent(AdversaryEvent event) {
        entries.add(new Entry(nanos.getAsLong(), event));
    }

    synchronized <E extends AdversaryEvent> List<E> of(Class<E> type) {
        return entries.stream()
                .map(Entry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** When each event of the type came, in nanoseconds after the first event of all. */
    synchronized List<Long> timesOf(Class<? extends AdversaryEvent> type) {
        long start = entries.get(0).nanos();
        return entries.stream()
                .filter(entry -> type.isInstance(entry.event()))
                .map(entry -> entry.nanos() - start)
                .toList();
    }

    /** One line per event, for comparing whole runs. */
    synchronized List<String> lines() {
        return entries.stream()
                .map(entry -> entry.nanos() + " " + entry.event().kind() + " "
                        + entry.event().attributes())
                .toList();
    }

    private record Entry(long nanos, AdversaryEvent event) {}
}
