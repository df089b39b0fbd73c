package io.fieldloop.scenario.report.terminal;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.text.PassRates;
import io.fieldloop.scenario.report.text.RunSummary;
import io.fieldloop.scenario.report.text.Story;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.report.text.Translated;
import io.fieldloop.scenario.report.text.VisibleText;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells a run on a terminal: one line per finished case, what failed and why, a summary; and while a case runs, on a
 * terminal that can, one line that moves.
 *
 * <p>A live terminal shows a case as soon as it is over. Plain lines keep the order in which cases began, so that the
 * logs of two runs can be laid side by side.
 */
public final class ProgressPrinter implements RunListener {
    private static final int REPEATS_MAX = 5;
    /** Who asks for so few cases wants to read what became of them. */
    private static final int TOLD_MAX = 10;

    private static final long REDRAW_NANOS = 100_000_000;
    private static final long MEASURE_NANOS = 1_000_000_000;
    private static final String EVIDENCE = "      |";
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final boolean stories;
    private final Translation language;
    private final Paint paint;
    private final Map<String, Optional<Finished>> unprinted = new LinkedHashMap<>();
    private LiveLine live;
    private long startNanos;
    private long drawnNanos;
    private long measuredNanos;
    private int columns;
    private boolean lineShown;
    private boolean finished;
    private boolean isHandful;
    private boolean isSingle;
    private List<String> toldCause = List.of();

    /**
     * Prints to {@code terminal}.
     *
     * @param nanoTime the wall's ticker
     * @param stories whether each reproduced bug gets its story; a handful of cases always does
     * @param language of the sentences; verdicts stay the words they are
     */
    public ProgressPrinter(Terminal terminal, LongSupplier nanoTime, boolean stories, Translation language) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.stories = stories;
        this.language = language;
        this.paint = new Paint(terminal.color(), terminal.unicode());
        this.live = new LiveLine(paint, 0);
        this.columns = terminal.columns().getAsInt();
    }

    @Override
    public synchronized void runStarted(int planned, RigKind rig) {
        live = new LiveLine(paint, planned);
        isHandful = planned <= TOLD_MAX;
        isSingle = planned == 1;
        startNanos = nanoTime.getAsLong();
        measuredNanos = startNanos;
        drawnNanos = startNanos - REDRAW_NANOS;
        line(language.say("Running {0} in the {1} rig", RunSummary.cases(planned, language), rig.wireName()));
    }

    @Override
    public synchronized void scenarioStarted(String id, String title, RigKind rig) {
        live.started(id, rig);
        if (!terminal.live()) {
            unprinted.put(id, Optional.empty());
        }
        redraw();
    }

    @Override
    public synchronized void scenarioProgress(String id, Duration simulated, long events) {
        live.progress(id, simulated, events);
        redraw();
    }

    @Override
    public synchronized void timePassed() {
        redraw();
    }

    @Override
    public synchronized void scenarioFinished(ScenarioResult result, RunDirectory files) {
        if (finished) {
            return;
        }
        live.finished(result.id(), result.verdict());
        if (terminal.live()) {
            clear();
            print(result, files);
            redraw();
        } else {
            unprinted.put(result.id(), Optional.of(new Finished(result, files)));
            printInOrder(false);
        }
    }

    /** Prints what follows what was printed last; {@code all} leaves gaps for cases that never finished. */
    private void printInOrder(boolean all) {
        Iterator<Optional<Finished>> cases = unprinted.values().iterator();
        while (cases.hasNext()) {
            Optional<Finished> next = cases.next();
            if (next.isPresent()) {
                print(next.get().result(), next.get().files());
                cases.remove();
            } else if (!all) {
                return;
            }
        }
    }

    private void print(ScenarioResult finishedCase, RunDirectory files) {
        ScenarioResult result = Translated.of(finishedCase, language);
        line(terminal.live() ? paintedCaseLine(result) : RunSummary.caseLine(result, language));
        RunSummary.troubles(result, files.journalOf(result).toString(), language)
                .forEach(this::trouble);
        if (stories || isHandful) {
            tell(Story.of(result, language));
        }
        if (isSingle && result.reproduction().isEmpty() && result.verdict() == Verdict.PASSED) {
            Story.seen(result, language).forEach(this::trouble);
        }
    }

    /** Cause and fix are the file's, so the cases of a matrix share them and the first one tells. */
    private void tell(List<String> story) {
        if (story.isEmpty()) {
            return;
        }
        story.stream().limit(Story.BOTH_ENDS).forEach(this::trouble);
        List<String> causeAndFix = story.subList(Story.BOTH_ENDS, story.size());
        if (!causeAndFix.equals(toldCause)) {
            causeAndFix.forEach(this::trouble);
            toldCause = causeAndFix;
        }
    }

    @Override
    public synchronized void runFinished(RunResult result, RunDirectory files) {
        clear();
        finished = true;
        printInOrder(true);
        line("");
        PassRates.of(result).stream().map(language::sentence).forEach(this::line);
        Columns.wrap(RunSummary.counts(result, language), columns - 1)
                .forEach(part -> line(paint.verdict(result.verdict(), part)));
        for (Map.Entry<String, Path> file : files.files().entrySet()) {
            String name = language.of(file.getKey());
            line("  " + Columns.pad(name, 10) + file.getValue());
        }
        if (result.planned() > 1) {
            repeats(result, files);
        }
    }

    /** The commands stand at each case, too; after a hundred more lines nobody scrolls up. */
    private void repeats(RunResult result, RunDirectory files) {
        List<ScenarioResult> troubled = result.scenarios().stream()
                .filter(scenario -> scenario.verdict() != Verdict.PASSED)
                .toList();
        if (!troubled.isEmpty()) {
            line(language.of(troubled.size() == 1 ? "Repeat it:" : "Repeat one:"));
            troubled.stream().limit(REPEATS_MAX).forEach(scenario -> line("  " + VisibleText.line(scenario.repeat())));
        }
        if (troubled.size() > REPEATS_MAX) {
            line(language.say("  and {0} more in {1}", troubled.size() - REPEATS_MAX, files.summary()));
        }
    }

    private String paintedCaseLine(ScenarioResult result) {
        String mark = paint.mark(result.verdict());
        String times = (result.reproduction().isPresent() ? "  REPRODUCED  " : "  ") + times(result);
        int room = columns - 1 - Columns.of(mark) - 1;
        String id = Columns.cut(VisibleText.line(result.id()), room, paint.ellipsis());
        room -= Columns.of(id);
        boolean timesFit = room >= Columns.of(times);
        room -= timesFit ? Columns.of(times) : 0;
        String title =
                room < 12 ? "" : "  " + Columns.cut(VisibleText.line(result.title()), room - 2, paint.ellipsis());
        return paint.verdict(result.verdict(), mark) + " " + id + paint.dim(title) + (timesFit ? paint.dim(times) : "");
    }

    /** {@code 11m02s virtual in 120ms}; on the clock on the wall a case takes as long as it takes. */
    private String times(ScenarioResult result) {
        String simulated = TimeText.brief(result.simulated());
        return result.rig() == RigKind.VIRTUAL
                ? language.say("{0} virtual in {1}", simulated, TimeText.brief(result.wall()))
                : simulated;
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

    private record Finished(ScenarioResult result, RunDirectory files) {}
}
