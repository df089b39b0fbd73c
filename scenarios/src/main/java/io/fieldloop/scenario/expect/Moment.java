package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;

/**
 * A moment of a run.
 *
 * @param nanos since the start
 * @param sequence the place in the journal of the entry that marks it; one that no entry has where it is a time only
 */
record Moment(long nanos, long sequence) {
    static final Moment START = new Moment(0, -1);
    static final Moment END = new Moment(Long.MAX_VALUE, Long.MAX_VALUE);

    static Moment of(JournalEntry entry) {
        return new Moment(entry.nanos(), entry.sequence());
    }
}
