package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.explain.Translation;
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
            description = "en or zh, in place of the locale's: the language of what people read.")
    private @Nullable String lang;

    /** Of a command line that could not be read. */
    public static Translation translation(Map<String, String> environment, List<String> words) {
        int given = words.indexOf("--lang") + 1;
        String named = given > 0 && given < words.size() ? words.get(given) : "";
        String lang = words.contains("--lang=zh") ? "zh" : named;
        return Translation.to(Translation.LANGUAGES.contains(lang) ? lang : Translation.languageOf(environment));
    }

    public Translation translation(Map<String, String> environment) {
        return Translation.to(lang == null ? Translation.languageOf(environment) : lang);
    }
}
