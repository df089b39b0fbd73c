package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.shape.Default;
import io.fieldloop.scenario.shape.RecordFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What people read, in their language: English as it is written, or what stands for it in another one's file. */
public final class Translation {
    /** The languages there are, as ISO 639 calls them. */
    public static final List<String> LANGUAGES = List.of("en", "zh");

    private static final Translation ENGLISH = new Translation(new File(Map.of(), List.of()));

    private final File file;

    private Translation(File file) {
        this.file = file;
    }

    /**
     * A language's file.
     *
     * @param texts what stands for an English text
     * @param same English texts that stand for themselves: commands, lines of logs
     */
    private record File(
            @Default("{}") Map<String, String> texts,
            @Default("[]") List<String> same) {}

    public static Translation english() {
        return ENGLISH;
    }

    /**
     * The translation to a language.
     *
     * @param language one of {@link #LANGUAGES}
     */
    public static Translation to(String language) {
        if (language.equals("en")) {
            return ENGLISH;
        }
        String resource = language + ".yaml";
        return new Translation(RecordFile.read(File.class, resource, RecordFile.text(Translation.class, resource)));
    }

    /** The language of a terminal, by the variables of its locale (POSIX, Environment Variables, 8.2). */
    public static String languageOf(Map<String, String> environment) {
        for (String variable : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String locale = environment.getOrDefault(variable, "");
            if (!locale.isEmpty()) {
                return locale.toLowerCase(Locale.ROOT).startsWith("zh") ? "zh" : "en";
            }
        }
        return "en";
    }

    /** The text in this language; in English where nobody has translated it yet. */
    public String of(String english) {
        return file.texts().getOrDefault(english, english);
    }

    public List<String> of(List<String> english) {
        return english.stream().map(this::of).toList();
    }

    /** The English texts that its file knows. */
    Set<String> known() {
        Set<String> known = new TreeSet<>(file.texts().keySet());
        known.addAll(file.same());
        return known;
    }
}
