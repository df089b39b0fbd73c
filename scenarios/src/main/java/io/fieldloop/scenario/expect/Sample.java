package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import java.time.Duration;

/** A measured duration and the entry that ends it. */
public record Sample(JournalEntry entry, Duration value) {}
