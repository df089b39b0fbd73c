package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.shape.RecordFile;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.server.event.RefusalAdvice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people read, in their language: English as it is written, or what stands for it in another one's file. */
public final class Translation {
    /** The languages there are, as ISO 639 calls them. */
    public static final List<String> LANGUAGES = List.of("en", "zh");

    private static final Translation ENGLISH = new Translation("en", List.of());

    /** What the texts of a language's files belong to: reasons and causes, the reports, the bundled scenarios, captures and logs, numbers. */
    private static final List<String> SUBJECTS = List.of("", "-report", "-suite", "-diagnose", "-numbers");

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)(\\*?)}");

    /** What is wrong in a line of a file, as compilers say it. */
    private static final Pattern PLACED = Pattern.compile("(\\S+:\\d+: )(.*)\\.");

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=\\.) (?=[A-Z])|(?<=\\)\\.) ");

    private final String code;
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<Form> forms = new ArrayList<>();

    private Translation(String code, List<File> files) {
        this.code = code;
        texts.putAll(RefusalAdvice.translations(code));
        known.addAll(texts.keySet());
        for (File file : files) {
            texts.putAll(file.texts());
            known.addAll(file.texts().keySet());
            known.addAll(file.same());
            file.sentences().forEach((english, said) -> forms.add(Form.of(english, said)));
        }
        // "{0} packets" fits many a sentence that has a form of its own.
        forms.sort(Comparator.comparingInt(Form::fixedLength).reversed());
    }

    /**
     * A file of a language.
     *
     * @param texts what stands for an English text
     * @param same English texts that stand for themselves: commands, lines of logs
     * @param sentences what stands for a sentence in which something of the user's is named, as <code>{0}</code>; what is a
     *     sentence itself is <code>{0*}</code> in what stands for it
     */
    private record File(
            @Default("{}") Map<String, String> texts,
            @Default("[]") List<String> same,
            @Default("{}") Map<String, String> sentences) {}

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
        return new Translation(
                language,
                SUBJECTS.stream()
                        .map(subject -> language + subject + ".yaml")
                        .map(file -> RecordFile.read(File.class, file, RecordFile.text(Translation.class, file)))
                        .toList());
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

    /** As ISO 639 calls it. */
    public String code() {
        return code;
    }

    /** The text in this language; in English where nobody has translated it yet. */
    public String of(String english) {
        return texts.getOrDefault(english, english);
    }

    /** The same with <code>{0}</code> and so on replaced. */
    public String say(String english, Object... values) {
        return PLACE.matcher(of(english))
                .replaceAll(
                        place -> Matcher.quoteReplacement(String.valueOf(values[Integer.parseInt(place.group(1))])));
    }

    /** What stands for it; of one that names something of the user's, what stands for the form that fixes most of it; or itself. */
    public String sentence(String english) {
        if (this == ENGLISH || texts.containsKey(english)) {
            return of(english);
        }
        for (Form form : forms) {
            if (!english.contains(form.mark())) {
                continue;
            }
            Matcher named = form.pattern().matcher(english);
            if (named.matches()) {
                return PLACE.matcher(form.said()).replaceAll(place -> {
                    String value = named.group(1 + Integer.parseInt(place.group(1)));
                    return Matcher.quoteReplacement(place.group(2).isEmpty() ? value : sentence(value));
                });
            }
        }
        Matcher placed = PLACED.matcher(english);
        return placed.matches() ? placed.group(1) + sentence(placed.group(2)) + "\u3002" : english;
    }

    /** Several sentences, one after the other. */
    public String sentences(String english) {
        return this == ENGLISH
                ? english
                : SENTENCE_END
                        .splitAsStream(english)
                        .map(this::sentence)
                        .collect(Collectors.joining(" "))
                        .replace("\u3002 ", "\u3002"); // a full stop of Chinese has its space in itself
    }

    /** The forms of sentences that are known. */
    List<Pattern> forms() {
        return forms.stream().map(Form::pattern).toList();
    }

    /**
     * A sentence with places.
     *
     * @param mark the longest of its fixed parts: to look for it first spares nearly all of matching
     * @param fixedLength of all of its fixed parts
     */
    private record Form(Pattern pattern, String mark, int fixedLength, String said) {
        static Form of(String english, String said) {
            List<String> fixed = List.of(PLACE.split(english, -1));
            return new Form(
                    Pattern.compile(
                            fixed.stream().map(Pattern::quote).collect(Collectors.joining("(.*)")), Pattern.DOTALL),
                    Collections.max(fixed, Comparator.comparingInt(String::length)),
                    fixed.stream().mapToInt(String::length).sum(),
                    said);
        }
    }

    public List<String> of(List<String> english) {
        return english.stream().map(this::of).toList();
    }

    /** The English texts that its file knows. */
    Set<String> known() {
        return known;
    }
}
