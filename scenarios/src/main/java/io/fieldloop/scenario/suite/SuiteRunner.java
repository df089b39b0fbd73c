package io.fieldloop.scenario.suite;

import io.fieldloop.qemu.runner.EndOfProcess;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Runs many cases, several at once, and keeps the results of those that finished in the order they were asked for. */
public final class SuiteRunner {
    private static final long TICK_MILLIS = 250;

    private final RunPlan plan;
    private final List<SuiteCase> cases;
    private final CaseRunner runner;
    private final RunListener listener;
    private final RunDirectory files;
    private final LongSupplier wallNanos;
    private final long beganNanos;
    private final AtomicReferenceArray<ScenarioResult> results;
    private int begun;
    private volatile boolean stopped;

    public SuiteRunner(
            RunPlan plan, CaseRunner runner, RunListener listener, RunDirectory files, LongSupplier wallNanos) {
        this.plan = plan;
        this.cases = plan.cases();
        this.runner = runner;
        this.listener = listener;
        this.files = files;
        this.wallNanos = wallNanos;
        this.beganNanos = wallNanos.getAsLong();
        this.results = new AtomicReferenceArray<>(cases.size());
        List<String> ids = cases.stream().map(SuiteCase::id).toList();
        for (ScenarioResult done : plan.done()) {
            results.set(ids.indexOf(done.id()), done);
            files.kept(done);
        }
    }

    /** Blocks until all cases are over. */
    public RunResult run() throws InterruptedException {
        listener.runStarted(cases.size(), rig());
        ExecutorService workers = Executors.newFixedThreadPool(
                Math.max(1, Math.min(cases.size(), runner.rigs().atOnce())), task -> {
                    Thread thread = new Thread(task, "fieldloop-case");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            if (runner.rigs().kind() != RigKind.VIRTUAL) {
                await(workers.submit(WarmUp::run));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = plan.done().size(); i < cases.size(); i++) {
                running.add(workers.submit(this::runNext));
            }
            for (Future<?> one : running) {
                await(one);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException unwritable) {
                throw unwritable;
            }
            throw new IllegalStateException("The harness itself failed on a case: " + e.getCause(), e);
        } finally {
            workers.shutdownNow();
        }
        return soFar();
    }

    private RigKind rig() {
        return runner.rigs().kind();
    }

    /** Whoever watches a quiet case wants to see that time passes. */
    private void await(Future<?> task) throws InterruptedException, ExecutionException {
        while (!task.isDone()) {
            try {
                task.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillRunning) {
                listener.timePassed();
            }
        }
        task.get();
    }

    private void runNext() {
        int index = begin();
        if (index < 0) {
            return;
        }
        SuiteCase suiteCase = cases.get(index);
        ScenarioResult result = runner.run(
                suiteCase, files.evidenceOf(suiteCase.id(), rig()), entry -> progress(suiteCase.id(), entry));
        if (result.verdict() == Verdict.INCONCLUSIVE && EndOfProcess.isNear()) {
            return; // interrupted, and not for a reason of its own
        }
        results.set(index, result);
        keep(result);
        stopped |= plan.failFast() && result.verdict() != Verdict.PASSED;
        listener.scenarioFinished(result, files);
    }

    /** Takes the next case and says so before another thread can do the same; -1 when no more is to begin. */
    private synchronized int begin() {
        while (begun < cases.size() && results.get(begun) != null) {
            begun++;
        }
        if (stopped || begun == cases.size()) {
            return -1;
        }
        SuiteCase suiteCase = cases.get(begun);
        listener.scenarioStarted(suiteCase.id(), suiteCase.scenario().title(), rig());
        return begun++;
    }

    private void progress(String id, JournalEntry entry) {
        listener.scenarioProgress(id, Duration.ofNanos(entry.nanos()), entry.sequence() + 1);
    }

    /** Written at once, so that it is there even when the machine dies; the final write repeats it where this failed. */
    private void keep(ScenarioResult result) {
        try {
            files.keep(result);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "What came of " + result.id() + " could not be written: " + e.getMessage() + ".", e);
        }
    }

    /** What has finished; may be called at any time from any thread. */
    public RunResult soFar() {
        List<ScenarioResult> finished = IntStream.range(0, results.length())
                .mapToObj(results::get)
                .filter(Objects::nonNull)
                .toList();
        return new RunResult(
                plan.started(),
                Duration.ofNanos(wallNanos.getAsLong() - beganNanos),
                finished,
                cases.size(),
                plan.command());
    }
}
