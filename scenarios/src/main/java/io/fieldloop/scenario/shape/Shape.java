package io.fieldloop.scenario.shape;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What may stand at a place of a file, and the Java value it becomes. */
public sealed interface Shape {
    /** What belongs here, as a half sentence that follows "expected". */
    String expected();

    /**
     * A plain value.
     *
     * @param name name of the definition in the JSON Schema
     * @param expected for example {@code a duration such as 10s (units: ns us ms s m h d)}; empty for one of {@code words}
     * @param types JSON types a value may have, of {@code string}, {@code integer}, {@code number}, {@code boolean}
     * @param pattern of the value as text; null for any
     * @param bounds of the value as a number; null for any
     * @param words the closed list it is taken from, with what each means; empty for an open one
     * @param others whether values outside {@code words} are allowed too
     * @param parser makes the value of the text, or throws {@code IllegalArgumentException} with half a sentence
     */
    record Text(
            String name,
            String expected,
            List<String> types,
            @Nullable String pattern,
            @Nullable Limits bounds,
            Map<String, String> words,
            boolean others,
            Function<String, Object> parser)
            implements Shape {
        @Override
        public String expected() {
            return expected.isEmpty() ? "one of " + String.join(", ", words.keySet()) : expected;
        }
    }

    /** Smallest and largest number. */
    record Limits(long min, long max) {}

    /** One name, a list of names, or {@code all}, each declared elsewhere in the file. */
    record NameList(String declared) implements Shape {
        @Override
        public String expected() {
            return "the name of a " + declared + ", a list of names, or all";
        }
    }

    record ListOf(Shape element, boolean notEmpty) implements Shape {
        @Override
        public String expected() {
            return "a list, each item " + element.expected();
        }
    }

    /** A mapping whose keys the user chooses; they must read as {@code key}. */
    record MapOf(Shape value, Text key, boolean nullable) implements Shape {
        @Override
        public String expected() {
            return "a mapping";
        }
    }

    /** Settings by name, each kept as text once its parser has taken it; inlined into a mapping. */
    record Settings(Map<String, Text> keys, Map<String, String> docs) implements Shape {
        @Override
        public String expected() {
            return "a mapping";
        }
    }

    /**
     * A mapping whose keys depend on words beside it; each value is kept as text once its shape has taken it, and may be null.
     *
     * @param on keys beside it whose words, joined by a blank, name the form
     * @param forms its keys, by those words; of the words that are absent none counts
     */
    record Dependent(List<String> on, Map<String, Map<String, Shape>> forms) implements Shape {
        @Override
        public String expected() {
            return "a mapping";
        }
    }

    /** As many values as the record has components, in order. */
    record Tuple(Class<?> type, List<Shape> elements) implements Shape {
        @Override
        public String expected() {
            return "a list of " + elements.size() + " values, each "
                    + elements.get(0).expected();
        }
    }

    /**
     * A mapping with given keys, bound to a record.
     *
     * @param name name of the definition in the JSON Schema
     * @param parts one for each component, in order
     * @param shorthand key meant by a value that is not a mapping; null for none
     * @param oneOf keys of which at least one must be there; empty for none
     * @param alsoKeys keys used up before binding, with what they mean
     */
    record Mapping(
            Class<?> type,
            String name,
            String doc,
            List<Part> parts,
            @Nullable String shorthand,
            List<String> oneOf,
            Map<String, String> alsoKeys)
            implements Shape {
        @Override
        public String expected() {
            return "a mapping";
        }

        /** A type has one mapping; comparing parts would not end where a mapping is among its own. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Mapping mapping && type == mapping.type;
        }

        @Override
        public int hashCode() {
            return type.hashCode();
        }

        /** The part that holds {@code key}, if it is this mapping's own. */
        public Keyed keyed(String key) {
            return parts.stream()
                    .filter(part -> part instanceof Keyed keyed && keyed.key().equals(key))
                    .map(Keyed.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(name + " has no key " + key));
        }
    }

    /**
     * One of several mappings.
     *
     * @param tag for {@code Style.TAG} the key whose value names the variant; else empty
     * @param variants by verb, distinguishing key, or value of the tag
     */
    record Choice(String name, Style style, String tag, Map<String, Mapping> variants) implements Shape {
        /** How the variants are told apart. */
        public enum Style {
            /** By their only key. */
            VERB,
            /** By a key that only one of them has. */
            KEY,
            /** By the value of one key. */
            TAG
        }

        @Override
        public String expected() {
            return "a mapping with one of the keys " + String.join(", ", variants.keySet());
        }
    }

    /** Where a component's value comes from. */
    sealed interface Part {}

    /**
     * A key of the mapping.
     *
     * @param fallback value of the absent key as it would stand in the file; null for none
     * @param required whether the key must be there
     * @param without keys of the value's shape that make no sense here
     */
    record Keyed(
            String key, Shape shape, String doc, @Nullable String fallback, boolean required, Set<String> without)
            implements Part {}

    /** A mapping whose keys stand among this one's. */
    record Inlined(Shape shape) implements Part {}

    /** Not in the file: position, text, or what the reader of the file gives. */
    record Given(Class<?> type) implements Part {}
}
