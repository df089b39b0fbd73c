package io.fieldloop.scenario.diagnose;

import io.fieldloop.scenario.explain.Translation;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A diagnosis in a language: what the judges say, half sentence by half sentence.
 *
 * <p>Whatever the input itself says stays as it is: a line of a log, a start line, a name.
 */
public final class TranslatedDiagnosis {
    private static final Pattern HALF = Pattern.compile("; ");
    private static final Pattern COMMA = Pattern.compile(", ");

    private static final Pattern OF_A_LOG = Pattern.compile("\\bline \\d+$");

    /** When a packet came and whose it is, both optional, before what it shows. */
    private static final Pattern SHOWN =
            Pattern.compile("(\\+[0-9.]+ s )?(?:(client|server|device): )?(.*)", Pattern.DOTALL);

    private static final String PLACE = "(?:packets? [^:\\n]+: )?";

    /** In a scenario file: what is said of it, or of the line before, and where that was seen. */
    private static final Pattern COMMENT = Pattern.compile("(?m)((?:^|  )# )(" + PLACE + ")(.*)$");

    private static final Pattern TITLE = Pattern.compile("(?m)^((?:scenario|why): \")(" + PLACE + ")(.*)(?=\"$)");

    private final Translation language;

    private TranslatedDiagnosis(Translation language) {
        this.language = language;
    }

    /** The same with its places as they were, by which packets are found. */
    public static Diagnosis of(Diagnosis english, Translation language) {
        if (language.equals(Translation.english())) {
            return english;
        }
        TranslatedDiagnosis to = new TranslatedDiagnosis(language);
        return new Diagnosis(
                english.source(),
                to.joined(english.summary(), COMMA, "\uff0c"),
                english.findings().stream().map(to::finding).toList(),
                english.notes().stream().map(to::halves).toList());
    }

    /** What is said of one thing, in half sentences. */
    public static String says(String english, Translation language) {
        return new TranslatedDiagnosis(language).halves(english);
    }

    /** What a sketched scenario says to a person. */
    public static String ofScenario(String file, Translation language) {
        TranslatedDiagnosis to = new TranslatedDiagnosis(language);
        return COMMENT.matcher(TITLE.matcher(file).replaceAll(to::comment)).replaceAll(to::comment);
    }

    private String comment(MatchResult one) {
        String place =
                one.group(2).isEmpty() ? "" : language.sentence(one.group(2).replace(": ", "")) + ": ";
        String shown = shown(one.group(3));
        return Matcher.quoteReplacement(one.group(1) + place + (shown.equals(one.group(3)) ? halves(shown) : shown));
    }

    private Finding finding(Finding one) {
        return new Finding(
                language.sentence(one.part()),
                one.subject(),
                one.causes().stream().map(this::cause).toList(),
                evidence(one.seen()),
                one.times());
    }

    private Cause cause(Cause one) {
        return new Cause(
                one.word(),
                one.confidence(),
                evidence(one.evidence()),
                one.tells().stream().map(this::halves).toList());
    }

    private List<Evidence> evidence(List<Evidence> all) {
        return all.stream().map(this::evidence).toList();
    }

    private Evidence evidence(Evidence one) {
        String shown = OF_A_LOG.matcher(one.place()).find() ? one.shown() : shown(one.shown());
        return new Evidence(one.place(), shown, halves(one.says()));
    }

    private String shown(String english) {
        Matcher parts = SHOWN.matcher(english);
        if (!parts.matches()) {
            return english;
        }
        String when = parts.group(1) == null ? "" : parts.group(1);
        String whose = parts.group(2) == null ? "" : language.sentence(parts.group(2)) + ": ";
        return when + whose + language.sentence(parts.group(3));
    }

    private String halves(String english) {
        return joined(english, HALF, "\uff1b");
    }

    /** Whole where it is known whole; a form for a part of it would take the rest for a value. */
    private String joined(String english, Pattern between, String mark) {
        String whole = between.matcher(english).find() ? language.of(english) : language.sentence(english);
        if (!whole.equals(english)) {
            return whole;
        }
        List<String> parts = List.of(between.split(english, -1));
        List<String> said = parts.stream().map(language::sentence).toList();
        return said.equals(parts) ? english : String.join(mark, said);
    }
}
