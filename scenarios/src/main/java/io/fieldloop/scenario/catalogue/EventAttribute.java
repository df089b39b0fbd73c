package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.journal.JournalEntry;
import java.time.Duration;
import java.util.List;

/**
 * What an entry of one kind can say.
 *
 * @param name as an entry has it
 * @param type the Java type its record gives it
 * @param vocabulary what its closed list of words is called; empty where it has none
 * @param words that closed list
 */
public record EventAttribute(String name, Class<?> type, String vocabulary, List<String> words) {
    /** The key in a journal file and below {@code where:}. */
    public String key() {
        return type == Duration.class ? name + JournalEntry.SECONDS : name;
    }
}
