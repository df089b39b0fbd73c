package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.scenario.journal.JournalEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What an entry of one kind can say.
 *
 * @param name as an entry has it
 * @param type the Java type its record gives it
 * @param vocabulary what its closed list of words is called; empty where it has none
 */
public record EventAttribute(String name, Class<?> type, String vocabulary) {
    /** That closed list, which may be in a file of its own. */
    public List<String> words() {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> EventRecords.word((Enum<?>) constant))
                        .toList()
                : EventCatalogue.words(vocabulary);
    }

    /** The key in a journal file and below {@code where:}. */
    public String key() {
        return type == Duration.class ? name + JournalEntry.SECONDS : name;
    }
}
