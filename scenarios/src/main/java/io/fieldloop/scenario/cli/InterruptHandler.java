package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.report.RunListener;
import io.fieldloop.scenario.report.ci.CiReports;
import io.fieldloop.scenario.suite.SuiteRunner;
import io.fieldloop.scenario.verdict.RunResult;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Writes a run's reports once, however it ends: all cases over, the harness broken, or the process told to stop.
 *
 * <p>Ctrl-C and SIGTERM run shutdown hooks and then end the process at once, so the hook must not return while another
 * thread is still writing.
 */
final class InterruptHandler implements AutoCloseable {
    private final SuiteRunner suite;
    private final RunDirectory files;
    private final RunListener listener;
    private final CiReports reports;
    private final PrintWriter out;
    private final Thread hook = new Thread(this::writeInHook, "fieldloop-interrupted");
    private boolean written;

    InterruptHandler(SuiteRunner suite, RunDirectory files, RunListener listener, CiReports reports, PrintWriter out) {
        this.suite = suite;
        this.files = files;
        this.listener = listener;
        this.reports = reports;
        this.out = out;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Writes what has finished, if nobody has done so yet. */
    synchronized void write() {
        if (written) {
            return;
        }
        written = true;
        RunResult result = suite.soFar();
        try {
            try {
                files.write(result);
            } finally {
                listener.runFinished(result, files);
            }
            reports.write(result, files, out);
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private void writeInHook() {
        try {
            write();
        } catch (CliException e) {
            System.err.println("fieldloop: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        write();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook has run or is about to, and finds everything written.
        }
    }
}
