package io.fieldloop.scenario.journal;

import java.util.Locale;

/** The kind of actor an entry belongs to; one lane each in the report's timeline. */
public enum Lane {
    /** The engine itself: steps begun and ended. */
    SCENARIO,
    DEVICE,
    LINK,
    GATEWAY,
    ADVERSARY;

    /** The lane as it is written in the journal and in scenario files, for example {@code gateway}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
