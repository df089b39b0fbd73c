package io.fieldloop.server.event;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What a person should look at next after a refusal; the one text that admin page, README and {@code explain} draw from. */
public final class RefusalAdvice {
    private static final String RESOURCE = "refusal-advice.json";

    private final Map<String, List<String>> sentences;

    private RefusalAdvice(Map<String, List<String>> sentences) {
        this.sentences = sentences;
    }

    /** The advice that comes with the gateway. */
    public static RefusalAdvice bundled() {
        return Bundled.ADVICE;
    }

    /** Read once, when the first gateway or explanation asks for it. */
    private static final class Bundled {
        static final RefusalAdvice ADVICE = new RefusalAdvice(read(RESOURCE, new TypeReference<>() {}));
    }

    private static <T> T read(String resource, TypeReference<T> type) {
        try (InputStream json = RefusalAdvice.class.getResourceAsStream(resource)) {
            return JsonMapper.builder().build().readValue(json, type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("This build has no readable " + resource, unreadable);
        }
    }

    /**
     * What stands for each of these sentences, and for each reason's explanation, in a language; nothing in English.
     *
     * @param language as ISO 639 calls it: {@code en} or {@code zh}
     */
    public static Map<String, String> translations(String language) {
        return language.equals("en") ? Map.of() : read("refusals." + language + ".json", new TypeReference<>() {});
    }

    /** Whole sentences, the most useful first. */
    public List<String> of(RefusalReason reason) {
        return sentences.getOrDefault(reason.wireName(), List.of());
    }
}
