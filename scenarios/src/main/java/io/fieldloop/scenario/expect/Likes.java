package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.GatewayHalf;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.text.Narration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What devices became, those for whom it was the same taken together: 200 devices that were refused for one reason are one finding.
 *
 * @param groups by what is the same of them, with the gateway's half of it
 */
record Likes(Map<String, List<JournalEntry>> groups) {
    private static final int GROUPS_MAX = 5;
    private static final List<String> SORTED_BY = List.of("reason", "code", "phase", "status");

    static Likes of(List<JournalEntry> outcomes, GatewayHalf gateway) {
        Map<String, List<JournalEntry>> groups = new LinkedHashMap<>();
        for (JournalEntry outcome : outcomes) {
            String half =
                    gateway.wordOf(outcome).map(word -> ", gateway: " + word).orElse("");
            groups.computeIfAbsent(sort(outcome) + half, sort -> new ArrayList<>())
                    .add(outcome);
        }
        return new Likes(groups);
    }

    /** What outcomes of one sort have in common. */
    private static String sort(JournalEntry outcome) {
        Map<String, Object> said = outcome.attributes();
        return outcome.kind()
                + SORTED_BY.stream()
                        .filter(said::containsKey)
                        .map(name -> ", " + name + " " + said.get(name))
                        .collect(Collectors.joining());
    }

    /** The largest group first. */
    String told() {
        if (groups.isEmpty()) {
            return "no attempt ended and nothing was lost in that time";
        }
        String told = groups.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .limit(GROUPS_MAX)
                .map(group -> told(group.getKey(), group.getValue()))
                .collect(Collectors.joining("; "));
        int more = groups.size() - GROUPS_MAX;
        return more > 0 ? told + "; and " + more + " sorts more" : told;
    }

    private static String told(String sort, List<JournalEntry> outcomes) {
        JournalEntry first = outcomes.get(0);
        String when = first.actor() + " " + Narration.time(first.nanos());
        return outcomes.size() == 1 ? when + " " + sort : outcomes.size() + " x " + sort + ", the first " + when;
    }

    /** As evidence: one of each group, then the others. */
    List<JournalEntry> oneOfEachFirst() {
        List<JournalEntry> ordered = new ArrayList<>();
        groups.values().forEach(group -> ordered.add(group.get(0)));
        groups.values().forEach(group -> ordered.addAll(group.subList(1, group.size())));
        return ordered;
    }
}
