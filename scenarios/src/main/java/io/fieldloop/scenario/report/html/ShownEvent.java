package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.journal.JournalEntry;

/**
 * A row of the page: one journal entry, or several like it folded into one.
 *
 * @param first the entry, or the first of the folded ones
 * @param count how many entries it stands for, at least 1
 * @param lastNanos when the last of them happened
 */
record ShownEvent(JournalEntry first, int count, long lastNanos) {
    static ShownEvent of(JournalEntry entry) {
        return new ShownEvent(entry, 1, entry.nanos());
    }

    ShownEvent with(JournalEntry next) {
        return new ShownEvent(first, count + 1, next.nanos());
    }

    boolean folded() {
        return count > 1;
    }
}
