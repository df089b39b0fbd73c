package io.fieldloop.scenario.diagnose.server;

import io.fieldloop.scenario.shape.RecordFile;
import io.fieldloop.scenario.shape.annotation.Default;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that say who came, from {@code visits.yaml}; its comments describe the format. */
final class VisitTable {
    private static final String RESOURCE = "visits.yaml";

    private final List<VisitRule> rules;

    private record File(List<Entry> visits) {}

    private record Entry(
            String line,
            String kind,
            String who,
            @Default("[]") List<String> is) {}

    /** A rule, and what its pattern found. */
    record Match(int order, VisitRule rule, Matcher found) {
        @Nullable
        String group(String name) {
            return rule.pattern().pattern().contains("(?<" + name + ">") ? found.group(name) : null;
        }
    }

    private VisitTable(List<VisitRule> rules) {
        this.rules = rules;
    }

    static VisitTable bundled() {
        File file = RecordFile.read(File.class, RESOURCE, RecordFile.text(VisitTable.class, RESOURCE));
        return new VisitTable(file.visits().stream()
                .map(one -> new VisitRule(Pattern.compile(one.line()), one.kind(), Who.named(one.who()), one.is()))
                .toList());
    }

    List<VisitRule> rules() {
        return rules;
    }

    Optional<Match> match(String line) {
        for (int order = 0; order < rules.size(); order++) {
            VisitRule rule = rules.get(order);
            Matcher matcher = rule.pattern().matcher(line);
            if (matcher.find()) {
                return Optional.of(new Match(order, rule, matcher));
            }
        }
        return Optional.empty();
    }
}
