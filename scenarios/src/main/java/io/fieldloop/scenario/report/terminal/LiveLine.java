package io.fieldloop.scenario.report.terminal;

import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Composes the one line that says what is running now; parts that do not fit are left out, the least needed first. */
final class LiveLine {
    private static final int ID_COLUMNS_MIN = 12;

    private final Paint paint;
    private final int planned;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private int finished;
    private String id = "";
    private String rig = "";
    private Duration simulated = Duration.ZERO;
    private long events;

    LiveLine(Paint paint, int planned) {
        this.paint = paint;
        this.planned = planned;
    }

    void started(String caseId, String onRig) {
        id = caseId;
        rig = onRig;
        simulated = Duration.ZERO;
        events = 0;
    }

    void progress(Duration soFar, long eventsSoFar) {
        simulated = soFar;
        events = eventsSoFar;
    }

    void finished(Verdict verdict) {
        finished++;
        counts.merge(verdict, 1, Integer::sum);
    }

    /** The line for a terminal of that many columns; {@code wall} is the time since the run began. */
    String text(int columns, Duration wall) {
        String position = Math.min(finished + 1, planned) + "/" + planned;
        List<String> after = new ArrayList<>();
        after.add(rig + " " + TimeText.brief(simulated));
        after.add(tally());
        after.add(TimeText.brief(wall) + " wall");
        after.add(events + " events");
        // The last column stays free: some terminals wrap as soon as it is written.
        int room = columns - 1;
        int used = Columns.of(position) + 1;
        int idColumns = Math.min(Columns.of(id), Math.max(ID_COLUMNS_MIN, room / 2));
        StringBuilder tail = new StringBuilder();
        for (String part : after) {
            if (!part.isEmpty() && used + idColumns + tail.length() + 2 + part.length() <= room) {
                tail.append("  ").append(part);
            }
        }
        String name = Columns.cut(id, Math.max(0, room - used - tail.length()), paint.ellipsis());
        return used > room ? "" : paint.bold(position) + " " + name + paint.dim(tail.toString());
    }

    private String tally() {
        StringBuilder tally = new StringBuilder();
        counts.forEach((verdict, count) -> tally.append(tally.isEmpty() ? "" : " ")
                .append(paint.mark(verdict))
                .append(count));
        return tally.toString();
    }
}
