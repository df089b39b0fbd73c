package io.fieldloop.scenario.diagnose.server;

import io.fieldloop.scenario.shape.RecordFile;
import io.fieldloop.scenario.shape.annotation.Default;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that say who came, from {@code visits.yaml}; its comments describe the format. */
final class VisitTable {
    private static final String RESOURCE = "visits.yaml";

    private final List<VisitRule> rules;
    private final Map<String, Word> words;

    private record File(Map<String, Word> words, List<Entry> visits) {}

    private record Word(String who, @Default("[]") List<String> is) {}

    private record Entry(
            String line,
            @Nullable String kind,
            @Default("mistake") String who,
            @Default("[]") List<String> is) {}

    /** A rule, and what its pattern found. */
    record Match(int order, VisitRule rule, Matcher found) {
        @Nullable
        String group(String name) {
            return rule.pattern().pattern().contains("(?<" + name + ">") ? found.group(name) : null;
        }
    }

    private VisitTable(List<VisitRule> rules, Map<String, Word> words) {
        this.rules = rules;
        this.words = words;
    }

    static VisitTable bundled() {
        File file = RecordFile.read(File.class, RESOURCE, RecordFile.text(VisitTable.class, RESOURCE));
        return new VisitTable(
                file.visits().stream()
                        .map(one -> new VisitRule(
                                Pattern.compile(one.line()),
                                one.kind() == null ? "" : one.kind(),
                                Who.named(one.who()),
                                one.is()))
                        .toList(),
                file.words());
    }

    List<VisitRule> rules() {
        return rules;
    }

    Optional<Match> match(String line) {
        for (int order = 0; order < rules.size(); order++) {
            VisitRule rule = rules.get(order);
            Matcher matcher = rule.pattern().matcher(line);
            if (matcher.find()) {
                return Optional.of(worded(new Match(order, rule, matcher)));
            }
        }
        return Optional.empty();
    }

    /** A line that has one of the gateway's own words is of that kind, and says what the word does unless its rule knows better. */
    private Match worded(Match match) {
        VisitRule rule = match.rule();
        String word = match.group("word");
        if (word == null) {
            return match;
        }
        Word known = words.get(word);
        return new Match(
                match.order(),
                known == null || !rule.causes().isEmpty()
                        ? new VisitRule(rule.pattern(), word, rule.who(), rule.causes())
                        : new VisitRule(rule.pattern(), word, Who.named(known.who()), known.is()),
                match.found());
    }

    /** The words of the gateway that say something of who came. */
    Set<String> words() {
        return words.keySet();
    }
}
