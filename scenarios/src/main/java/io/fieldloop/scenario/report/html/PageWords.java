package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.explain.Translation;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's own words: what its scripts say. */
public final class PageWords {
    private static final String TEXT = "'((?:[^'\\\\]|\\\\.)*)'";
    private static final Pattern SAID = Pattern.compile("\\bsay\\(" + TEXT + "|\\bplural\\([^']+" + TEXT + ", " + TEXT);

    private PageWords() {}

    /** All of them, in English. */
    public static Set<String> all() {
        Set<String> words = new TreeSet<>();
        for (Matcher said = SAID.matcher(HtmlReport.script()); said.find(); ) {
            for (int group = 1; group <= said.groupCount(); group++) {
                if (said.group(group) != null) {
                    words.add(said.group(group));
                }
            }
        }
        return words;
    }

    /** What stands for them in a language; nothing for those that stay. */
    static Map<String, String> in(Translation language) {
        Map<String, String> words = new TreeMap<>();
        for (String english : all()) {
            if (!language.of(english).equals(english)) {
                words.put(english, language.of(english));
            }
        }
        return words;
    }
}
