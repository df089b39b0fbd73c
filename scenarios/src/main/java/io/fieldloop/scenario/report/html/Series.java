package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.journal.JournalEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which entries are alike: same actor, same kind, same answer to "what sort of". */
enum Series {
    /** {@code door#7} and {@code door#8} are two actors. */
    BY_ACTOR {
        @Override
        String actor(JournalEntry entry) {
            return entry.actor();
        }
    },
    /** {@code door#7} and {@code door#8} are one group. */
    BY_GROUP {
        @Override
        String actor(JournalEntry entry) {
            int number = entry.actor().indexOf('#');
            return number < 0 ? entry.actor() : entry.actor().substring(0, number + 1) + "*";
        }
    },
    /** All actors of a lane are one. */
    BY_LANE {
        @Override
        String actor(JournalEntry entry) {
            return "*";
        }
    };

    /** Attributes from closed vocabularies: entries that differ here are different news. */
    private static final List<String> VOCABULARY = List.of(
            "class",
            "reason",
            "status",
            "code",
            "type",
            "state",
            "from",
            "to",
            "level",
            "tag",
            "fault",
            "by",
            "closed-by");

    abstract String actor(JournalEntry entry);

    /** Equal for entries that are alike. */
    String key(JournalEntry entry) {
        return entry.lane() + "\n" + actor(entry) + "\n" + entry.kind() + "\n" + shared(entry);
    }

    /** The entry with only what all of its series share. */
    JournalEntry representative(JournalEntry entry) {
        return new JournalEntry(
                entry.sequence(), entry.nanos(), entry.lane(), actor(entry), entry.kind(), shared(entry));
    }

    private static Map<String, Object> shared(JournalEntry entry) {
        Map<String, Object> shared = new LinkedHashMap<>();
        for (String key : VOCABULARY) {
            Object value = entry.attributes().get(key);
            if (value != null) {
                shared.put(key, value);
            }
        }
        return shared;
    }
}
