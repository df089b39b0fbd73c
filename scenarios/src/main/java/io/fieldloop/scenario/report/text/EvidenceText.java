package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.journal.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Journal entries as lines a person reads: {@code 11m 01.204s  door  refused  reason=certificate-expired}. */
public final class EvidenceText {
    private EvidenceText() {}

    /** The named entries, in the order they are named, and how many there are beyond {@code linesMax}. */
    public static List<String> lines(List<JournalEntry> journal, List<Long> evidence, int linesMax) {
        Set<Long> wanted = evidence.stream().limit(linesMax).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<Long, String> found = new HashMap<>();
        for (JournalEntry entry : journal) {
            if (wanted.contains(entry.sequence())) {
                found.put(entry.sequence(), line(entry));
            }
        }
        List<String> lines = new ArrayList<>(
                wanted.stream().map(found::get).filter(Objects::nonNull).toList());
        if (evidence.size() > linesMax) {
            lines.add("... and " + (evidence.size() - linesMax) + " more");
        }
        return lines;
    }

    /** One entry, harmless and on one line. */
    public static String line(JournalEntry entry) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(Locale.ROOT, "%12s  %s  %s", TimeText.at(entry.nanos()), entry.actor(), entry.kind()));
        for (Map.Entry<String, Object> attribute : entry.attributes().entrySet()) {
            line.append("  ").append(attribute.getKey()).append('=').append(value(attribute.getValue()));
        }
        return VisibleText.line(line.toString());
    }

    static String value(Object value) {
        return value instanceof Duration duration ? TimeText.of(duration) : String.valueOf(value);
    }
}
