package io.fieldloop.scenario.report.terminal;

import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.text.RunSummary;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.report.text.VisibleText;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells a run on a terminal: one line per finished case, what failed and why, a summary; and while a case runs, on a
 * terminal that can, one line that moves.
 */
public final class ProgressPrinter implements RunListener {
    private static final int REPEATS_MAX = 5;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final long MEASURE_NANOS = 1_000_000_000;
    private static final String EVIDENCE = "      |";
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final Paint paint;
    private LiveLine live;
    private long startNanos;
    private long drawnNanos;
    private long measuredNanos;
    private int columns;
    private boolean lineShown;
    private boolean finished;

    /** Prints to {@code terminal}; {@code nanoTime} is the wall's ticker. */
    public ProgressPrinter(Terminal terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.paint = new Paint(terminal.color(), terminal.unicode());
        this.live = new LiveLine(paint, 0);
        this.columns = terminal.columns().getAsInt();
    }

    @Override
    public synchronized void runStarted(int planned) {
        live = new LiveLine(paint, planned);
        startNanos = nanoTime.getAsLong();
        measuredNanos = startNanos;
        drawnNanos = startNanos - REDRAW_NANOS;
        line("Running " + planned + (planned == 1 ? " scenario" : " scenarios"));
    }

    @Override
    public synchronized void scenarioStarted(String id, String title, String rig) {
        live.started(id, rig);
        redraw();
    }

    @Override
    public synchronized void scenarioProgress(String id, Duration simulated, long events) {
        live.progress(id, simulated, events);
        redraw();
    }

    @Override
    public synchronized void scenarioFinished(ScenarioResult result, RunDirectory files) {
        live.finished(result.id(), result.verdict());
        clear();
        line(terminal.live() ? paintedCaseLine(result) : RunSummary.caseLine(result));
        RunSummary.troubles(result, files.journalOf(result).toString()).forEach(this::trouble);
        redraw();
    }

    @Override
    public synchronized void runFinished(RunResult result, RunDirectory files) {
        clear();
        finished = true;
        line("");
        line(paint.verdict(result.verdict(), RunSummary.counts(result)));
        for (Map.Entry<String, Path> file : files.files().entrySet()) {
            line(String.format(Locale.ROOT, "  %-9s %s", file.getKey(), file.getValue()));
        }
        List<ScenarioResult> failed = result.scenarios().stream()
                .filter(scenario -> scenario.verdict() == Verdict.FAILED)
                .toList();
        if (!failed.isEmpty()) {
            line(failed.size() == 1 ? "Repeat the failure:" : "Repeat a failure:");
            failed.stream().limit(REPEATS_MAX).forEach(scenario -> line("  " + VisibleText.line(scenario.repeat())));
        }
        if (failed.size() > REPEATS_MAX) {
            line("  and " + (failed.size() - REPEATS_MAX) + " more in " + files.summary());
        }
    }

    private String paintedCaseLine(ScenarioResult result) {
        String mark = paint.mark(result.verdict());
        String times = "  " + TimeText.brief(result.simulated()) + " in " + TimeText.brief(result.wall());
        int room = columns - 1 - Columns.of(mark) - 1;
        String id = Columns.cut(VisibleText.line(result.id()), room, paint.ellipsis());
        room -= Columns.of(id);
        boolean timesFit = room >= times.length();
        room -= timesFit ? times.length() : 0;
        String title =
                room < 12 ? "" : "  " + Columns.cut(VisibleText.line(result.title()), room - 2, paint.ellipsis());
        return paint.verdict(result.verdict(), mark) + " " + id + paint.dim(title) + (timesFit ? paint.dim(times) : "");
    }

    /** Sentences wrap below where they begin; paths and commands stay whole, to be copied. */
    private void trouble(String text) {
        boolean copied = text.startsWith("    journal") || text.startsWith("    repeat");
        if (!terminal.live() || copied) {
            line(text);
        } else if (text.startsWith(EVIDENCE)) {
            line(paint.dim(Columns.cut(text, columns - 1, paint.ellipsis())));
        } else {
            Columns.wrap(text, columns - 1).forEach(part -> line(paintedVerdict(part)));
        }
    }

    private String paintedVerdict(String line) {
        for (Verdict verdict : List.of(Verdict.FAILED, Verdict.INCONCLUSIVE)) {
            String opening = "    " + verdict.name() + " ";
            if (line.startsWith(opening)) {
                return paint.verdict(verdict, opening) + line.substring(opening.length());
            }
        }
        return line;
    }

    private void redraw() {
        long now = nanoTime.getAsLong();
        if (!terminal.live() || finished || now - drawnNanos < REDRAW_NANOS) {
            return;
        }
        drawnNanos = now;
        if (now - measuredNanos >= MEASURE_NANOS) {
            measuredNanos = now;
            columns = terminal.columns().getAsInt();
        }
        terminal.out().print(CLEAR_LINE + live.text(columns, Duration.ofNanos(now - startNanos)));
        terminal.out().flush();
        lineShown = true;
    }

    private void clear() {
        if (lineShown) {
            terminal.out().print(CLEAR_LINE);
            lineShown = false;
        }
    }

    private void line(String text) {
        clear();
        terminal.out().println(text);
        terminal.out().flush();
    }
}
