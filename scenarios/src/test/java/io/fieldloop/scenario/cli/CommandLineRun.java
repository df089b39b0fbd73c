package io.fieldloop.scenario.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What one command line printed and returned. */
public record CommandLineRun(int exitCode, String out, String err) {
    public static CommandLineRun of(String... args) {
        return in(Map.of(), args);
    }

    /** The same in a process that was started with these variables. */
    static CommandLineRun in(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** All that was printed, wherever to. */
    public String printed() {
        return out + err;
    }
}
