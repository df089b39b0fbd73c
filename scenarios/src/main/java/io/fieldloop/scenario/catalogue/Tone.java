package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.scenario.journal.JournalEntry;
import java.util.Map;
import java.util.TreeMap;

/** How an event is drawn: whether somebody who looks for trouble must see it. */
public enum Tone {
    GOOD,
    PLAIN,
    WARN,
    BAD;

    /** The word in the report's page. */
    public String wireName() {
        return EventRecords.word(this);
    }

    /**
     * The tone of a kind of event, which one of its attributes may change.
     *
     * @param usual where {@code by} says nothing else
     * @param attribute whose word decides; empty where none does
     * @param by word of that attribute to tone
     */
    public record Scale(Tone usual, String attribute, Map<String, Tone> by) {
        /** The tone of one entry. */
        public Tone of(JournalEntry entry) {
            return by.getOrDefault(String.valueOf(entry.attributes().get(attribute)), usual);
        }

        static Scale of(Tone usual) {
            return new Scale(usual, "", Map.of());
        }

        Scale but(String decisive, Tone tone, Enum<?>... words) {
            Map<String, Tone> all = new TreeMap<>(by);
            for (Enum<?> word : words) {
                all.put(EventRecords.word(word), tone);
            }
            return new Scale(usual, decisive, Map.copyOf(all));
        }
    }
}
