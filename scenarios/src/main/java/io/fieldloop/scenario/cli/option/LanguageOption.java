package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.explain.Translation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --lang}: the language of what people read. */
public final class LanguageOption {
    @Option(
            names = "--lang",
            paramLabel = "LANG",
            converter = Converters.Language.class,
            completionCandidates = Converters.Language.class,
            description = "en or zh, in place of the locale's: the language of what people read.")
    private @Nullable String lang;

    /** Of a command line as it was written, which may be one that cannot be read. */
    public static Translation translation(Map<String, String> environment, List<String> words) {
        return Translation.to(Translation.LANGUAGES.stream()
                .filter(lang -> words.contains("--lang=" + lang)
                        || Collections.indexOfSubList(words, List.of("--lang", lang)) >= 0)
                .findFirst()
                .orElseGet(() -> Translation.languageOf(environment)));
    }

    public Translation translation(Map<String, String> environment) {
        return Translation.to(lang == null ? Translation.languageOf(environment) : lang);
    }
}
