package io.fieldloop.scenario.diagnose;

import java.util.Locale;

/** How sure a cause is, the surest first. */
public enum Confidence {
    /** The input says it outright. */
    CERTAIN,
    /** The input fits it better than anything else. */
    LIKELY,
    /** The input does not tell it from other causes. */
    POSSIBLE;

    /** The word in texts and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
