package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.annotation.DependsOn;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Known;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one kind of file has beside the plain values of every kind: value types, lists of words, and texts for records of others. */
public interface Dialect {
    /** Nothing of its own. */
    Dialect PLAIN = new Dialect() {};

    /** The plain value that becomes a {@code type}; null when it is none of this dialect's. */
    default Shape.@Nullable Text value(Class<?> type) {
        return null;
    }

    /** The list of words that {@link Known} names. */
    default Shape.Text words(String list) {
        throw new IllegalArgumentException("no list is called " + list);
    }

    /** The keys that an inlined map takes. */
    default Shape.Settings settings() {
        throw new IllegalArgumentException("no settings are known");
    }

    /** The keys of a mapping that {@link DependsOn} words beside it, by those words. */
    default Map<String, Map<String, Shape>> forms() {
        throw new IllegalArgumentException("nothing depends on other words");
    }

    /** What a record without {@link Doc} means. */
    default String doc(Class<?> type) {
        return "";
    }

    /** What is known of a component whose record cannot carry annotations of this package. */
    default Parameter parameter(RecordComponent component) {
        return Parameter.NONE;
    }

    /** The types whose values come from the reader of the file and not from the file. */
    default Set<Class<?>> given() {
        return Set.of();
    }

    /**
     * What is known of a component.
     *
     * @param fallback its default as written in a file; null for none
     * @param value how it is written, where its type does not say that; null where it does
     */
    record Parameter(String doc, @Nullable String fallback, Shape.@Nullable Text value) {
        public static final Parameter NONE = new Parameter("", null, null);
    }
}
