package io.fieldloop.scenario.model.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit that a measured value is held against.
 *
 * @param <V> what is measured
 */
public sealed interface Threshold<V extends Comparable<V>> permits DurationLimit, ShareLimit {
    /** How the measured value must compare to the limit. */
    Comparison comparison();

    V limit();

    default boolean holds(V measured) {
        return comparison().holds(measured.compareTo(limit()));
    }

    /** The sign and what follows it; throws {@code IllegalArgumentException} with half a sentence where there is no sign. */
    static Matcher form(String text) {
        Matcher form = Pattern.compile("(<=|>=|<|>) ?(.*)").matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("does not begin with <, <=, > or >=");
        }
        return form;
    }
}
