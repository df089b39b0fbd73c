package io.fieldloop.scenario.report.terminal;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.report.text.VisibleText;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Composes the one line that says what is running now; parts that do not fit are left out, the least needed first.
 *
 * <p>Where several cases run at once it names the one that has run longest: that is what everybody waits for.
 */
final class LiveLine {
    private static final int ID_COLUMNS_MIN = 12;

    private final Paint paint;
    private final int planned;
    private final Map<String, Case> running = new LinkedHashMap<>();
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private int finished;

    LiveLine(Paint paint, int planned) {
        this.paint = paint;
        this.planned = planned;
    }

    void started(String id, RigKind rig) {
        running.put(id, new Case(rig, Duration.ZERO, 0));
    }

    void progress(String id, Duration simulated, long events) {
        running.computeIfPresent(id, (same, was) -> new Case(was.rig(), simulated, events));
    }

    void finished(String id, Verdict verdict) {
        running.remove(id);
        finished++;
        counts.merge(verdict, 1, Integer::sum);
    }

    /** The line for a terminal of that many columns; {@code wall} is the time since the run began. */
    String text(int columns, Duration wall) {
        // The last column stays free: some terminals wrap as soon as it is written.
        int room = columns - 1;
        String position = finished + "/" + planned;
        int used = Columns.of(position) + 1;
        if (used > room) {
            return "";
        }
        String id = running.isEmpty()
                ? (finished == 0 ? "warming up" : "")
                : VisibleText.line(running.keySet().iterator().next());
        int idColumns = Math.min(Columns.of(id), Math.max(ID_COLUMNS_MIN, room / 2));
        StringBuilder tail = new StringBuilder();
        for (String part : parts(wall)) {
            if (used + idColumns + Columns.of(tail) + 2 + Columns.of(part) <= room) {
                tail.append("  ").append(part);
            }
        }
        String name = Columns.cut(id, Math.max(0, room - used - Columns.of(tail)), paint.ellipsis());
        return paint.bold(position) + " " + name + paint.dim(tail.toString());
    }

    /** What follows the name, the most needed first. */
    private List<String> parts(Duration wall) {
        List<String> parts = new ArrayList<>();
        if (running.size() > 1) {
            parts.add("+" + (running.size() - 1));
        }
        for (Case shown : running.values().stream().limit(1).toList()) {
            parts.add(shown.rig().wireName() + " " + TimeText.brief(shown.simulated()));
        }
        counts.forEach((verdict, count) -> parts.add(paint.mark(verdict) + count));
        parts.add(TimeText.brief(wall) + " wall");
        for (Case shown : running.values().stream().limit(1).toList()) {
            parts.add(shown.events() + " events");
        }
        return parts;
    }

    private record Case(RigKind rig, Duration simulated, long events) {}
}
