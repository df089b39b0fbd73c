package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.Shape.Text;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plain values that are words of a list: of an enum, or of a closed list that others own. */
public final class WordShapes {
    private static final List<String> STRING = List.of("string");

    private WordShapes() {}

    /** One of a list of words, each with what it means; some lists are files, so one is read when the first such word is. */
    public static Text of(String name, Supplier<Map<String, String>> words) {
        return closed(name, new Later(words), word -> word);
    }

    static Text of(Class<?> type) {
        Map<String, String> words = new LinkedHashMap<>();
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            String word = Kebab.of((Enum<?>) constant);
            words.put(word, documentation((Enum<?>) constant));
            constants.put(word, constant);
        }
        return closed(Kebab.kebab(type.getSimpleName()), words, word -> constants.getOrDefault(word, word));
    }

    /** What the constant means. */
    public static String documentation(Enum<?> constant) {
        try {
            Doc doc = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Doc.class);
            return doc == null ? "" : doc.value();
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Text closed(String name, Map<String, String> words, Function<String, Object> parser) {
        return new Text(name, "", STRING, null, null, words, false, parser);
    }

    /** Words that are read when they are asked for, once. */
    private static final class Later extends AbstractMap<String, String> {
        private final Supplier<Map<String, String>> reader;
        private volatile @Nullable Map<String, String> words;

        Later(Supplier<Map<String, String>> reader) {
            this.reader = reader;
        }

        private Map<String, String> words() {
            Map<String, String> read = words;
            if (read == null) {
                read = reader.get();
                words = read;
            }
            return read;
        }

        @Override
        public boolean containsKey(Object word) {
            return words().containsKey(word);
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            return words().entrySet();
        }
    }
}
