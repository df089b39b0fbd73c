package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;

/**
 * A stretch of the run: of its time, both ends included, and of its journal, since much that real time keeps apart happens at one instant of
 * virtual time.
 *
 * @param from behind which it begins
 * @param to ahead of which it ends
 */
record Span(Moment from, Moment to) {
    /** All of a run. */
    static final Span WHOLE = new Span(Moment.START, Moment.END);

    boolean contains(JournalEntry entry) {
        return from.nanos() <= entry.nanos()
                && entry.nanos() <= to.nanos()
                && from.sequence() < entry.sequence()
                && entry.sequence() < to.sequence();
    }

    /** How long before it begins or after it ends the entry came. */
    long nanosAway(JournalEntry entry) {
        return entry.sequence() <= from.sequence() ? from.nanos() - entry.nanos() : entry.nanos() - to.nanos();
    }

    long toNanos() {
        return to.nanos();
    }
}
