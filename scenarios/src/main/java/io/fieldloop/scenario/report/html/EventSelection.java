package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what of a journal the page shows, so that it fits a number of bytes.
 *
 * <p>A journal that fits is shown whole. Of one that does not, entries alike are folded into rows that say how many they
 * stand for: evidence and steps stay single, and so do the first and last of every series, as many as fit. Nothing goes
 * missing without a count.
 */
final class EventSelection {
    private static final int[] KEEP = {100, 30, 10, 3, 1, 0};
    private static final int GAPS_PER_JOURNAL = 100;
    private static final long ROW_BYTES_MIN = 40;

    private final List<JournalEntry> journal;
    private final Set<Long> evidence;
    private final long bytesWanted;

    EventSelection(List<JournalEntry> journal, Set<Long> evidence) {
        this.journal = journal;
        this.evidence = evidence;
        this.bytesWanted = journal.stream().mapToLong(EventSelection::bytes).sum();
    }

    /** About how many bytes the whole journal would take. */
    long bytesWanted() {
        return bytesWanted;
    }

    List<ShownEvent> within(long bytesMax) {
        if (bytesWanted <= bytesMax) {
            return journal.stream().map(ShownEvent::of).toList();
        }
        for (Series series : Series.values()) {
            Map<String, List<JournalEntry>> members = members(series);
            for (int keep : KEEP) {
                if (bytesAtLeast(members, keep) > bytesMax) {
                    continue;
                }
                List<ShownEvent> shown = fold(members, series, keep, gapNanosMax());
                if (bytes(shown) <= bytesMax) {
                    return shown;
                }
            }
        }
        return cut(fold(members(Series.BY_LANE), Series.BY_LANE, 0, Long.MAX_VALUE), bytesMax);
    }

    /** Of those that stay single alone: what cannot fit need not be folded, which of millions of entries takes minutes. */
    private static long bytesAtLeast(Map<String, List<JournalEntry>> members, int keep) {
        return members.values().stream()
                .mapToLong(alike -> ROW_BYTES_MIN * Math.min(alike.size(), 2L * keep))
                .sum();
    }

    private Map<String, List<JournalEntry>> members(Series series) {
        Map<String, List<JournalEntry>> members = new HashMap<>();
        for (JournalEntry entry : journal) {
            members.computeIfAbsent(series.key(entry), key -> new ArrayList<>()).add(entry);
        }
        return members;
    }

    private List<ShownEvent> fold(Map<String, List<JournalEntry>> members, Series series, int keep, long gapNanosMax) {
        List<ShownEvent> shown = new ArrayList<>();
        for (List<JournalEntry> alike : members.values()) {
            foldAlike(alike, series, keep, gapNanosMax, shown);
        }
        shown.sort(Comparator.comparingLong(event -> event.first().sequence()));
        return shown;
    }

    private void foldAlike(
            List<JournalEntry> alike, Series series, int keep, long gapNanosMax, List<ShownEvent> shown) {
        ShownEvent open = null;
        for (int i = 0; i < alike.size(); i++) {
            JournalEntry entry = alike.get(i);
            if (i < keep || i >= alike.size() - keep || staysSingle(entry)) {
                shown.add(ShownEvent.of(entry));
            } else if (open != null && entry.nanos() - open.lastNanos() <= gapNanosMax) {
                open = open.with(entry);
            } else {
                add(open, series, shown);
                open = ShownEvent.of(entry);
            }
        }
        add(open, series, shown);
    }

    private static void add(@Nullable ShownEvent open, Series series, List<ShownEvent> shown) {
        if (open != null) {
            shown.add(
                    open.folded()
                            ? new ShownEvent(series.representative(open.first()), open.count(), open.lastNanos())
                            : open);
        }
    }

    private boolean staysSingle(JournalEntry entry) {
        return entry.lane() == Lane.SCENARIO || evidence.contains(entry.sequence());
    }

    /** The last resort, for a journal of nothing but evidence: what does not fit becomes one row with a count. */
    private static List<ShownEvent> cut(List<ShownEvent> folded, long bytesMax) {
        List<ShownEvent> shown = new ArrayList<>();
        long bytes = 0;
        ShownEvent rest = null;
        for (ShownEvent event : folded) {
            bytes += bytes(event.first());
            if (bytes <= bytesMax) {
                shown.add(event);
            } else {
                int count = event.count() + (rest == null ? 0 : rest.count());
                JournalEntry first = rest == null ? Series.BY_LANE.representative(event.first()) : rest.first();
                rest = new ShownEvent(first, count, event.lastNanos());
            }
        }
        if (rest != null) {
            JournalEntry first = rest.first();
            shown.add(new ShownEvent(
                    new JournalEntry(first.sequence(), first.nanos(), first.lane(), "*", "not-shown", Map.of()),
                    rest.count(),
                    rest.lastNanos()));
        }
        return shown;
    }

    /** Entries further apart than this are not one row: the picture of when things happened must survive. */
    private long gapNanosMax() {
        return Math.max(1_000_000_000L, journal.get(journal.size() - 1).nanos() / GAPS_PER_JOURNAL);
    }

    private static long bytes(List<ShownEvent> shown) {
        return shown.stream().mapToLong(event -> bytes(event.first())).sum();
    }

    private static long bytes(JournalEntry entry) {
        long bytes = ROW_BYTES_MIN + entry.actor().length() + entry.kind().length();
        for (Map.Entry<String, Object> attribute : entry.attributes().entrySet()) {
            bytes += attribute.getKey().length() + 4 + valueBytes(attribute.getValue());
        }
        return bytes;
    }

    /** Text is taken at its worst, an escape per character, so that a hostile peer cannot blow the page up. */
    private static long valueBytes(Object value) {
        if (!(value instanceof String text)) {
            return 12;
        }
        int length = Math.min(text.length(), PageJson.TEXT_MAX);
        int escaped = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '<' || c == '&' || c == '>') {
                escaped++;
            }
        }
        return length + 5L * escaped;
    }
}
