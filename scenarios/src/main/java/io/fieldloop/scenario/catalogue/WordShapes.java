package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.model.TokenSpec;
import io.fieldloop.scenario.model.Vocabulary;
import io.fieldloop.scenario.shape.Doc;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.Nearest;
import io.fieldloop.scenario.shape.Shape.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Plain values that are words of a list: of an enum, or of a vocabulary that another module owns. */
final class WordShapes {
    private static final List<String> STRING = List.of("string");

    private WordShapes() {}

    static Text of(Vocabulary vocabulary) {
        return closed(vocabulary.what().replace(' ', '-'), vocabulary.words(), word -> word);
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

    private static String documentation(Enum<?> constant) {
        try {
            Doc doc = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Doc.class);
            return doc == null ? "" : doc.value();
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Text closed(String name, Map<String, String> words, Function<String, Object> parser) {
        return new Text(name, "one of " + String.join(", ", words.keySet()), STRING, null, null, words, false, parser);
    }

    static Text token() {
        Map<String, String> words = new LinkedHashMap<>();
        for (TokenSpec.Kind kind : TokenSpec.Kind.values()) {
            if (kind != TokenSpec.Kind.LITERAL) {
                words.put(kind.wireName(), documentation(kind));
            }
        }
        return new Text(
                "token",
                "one of " + String.join(", ", words.keySet()) + ", or the text to send",
                List.of("string", "number", "boolean"),
                null,
                null,
                words,
                true,
                text -> token(text, words));
    }

    private static TokenSpec token(String text, Map<String, String> words) {
        TokenSpec token = TokenSpec.parse(text);
        if (token.kind() == TokenSpec.Kind.LITERAL && !text.equals(token.toString())) {
            Nearest.to(text, words.keySet()).ifPresent(word -> {
                throw new IllegalArgumentException(
                        "looks like a misspelt " + word + " (to send it as it is, write text:" + text + ")");
            });
        }
        return token;
    }
}
