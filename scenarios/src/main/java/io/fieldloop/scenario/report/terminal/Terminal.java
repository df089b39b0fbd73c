package io.fieldloop.scenario.report.terminal;

import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the output can do.
 *
 * @param out where lines go
 * @param live whether a line may be rewritten
 * @param columns width, asked again as the window may change
 * @param color whether colours are welcome
 * @param unicode whether marks such as ✓ can be shown
 */
public record Terminal(PrintWriter out, boolean live, IntSupplier columns, boolean color, boolean unicode) {
    private static final Pattern SIZE = Pattern.compile("^[0-9]+ ([1-9][0-9]{0,4})\\b");
    private static final int COLUMNS_DEFAULT = 80;
    private static final long ASK_MILLIS_MAX = 500;

    /** Plain lines of any length: a file, a pipe, a CI log. */
    public static Terminal plain(PrintWriter out) {
        return new Terminal(out, false, () -> Integer.MAX_VALUE, false, false);
    }

    /**
     * Standard output as it is: looks at where it goes, at {@code NO_COLOR} (no-color.org), {@code TERM} and the
     * encoding.
     *
     * @param environment the process environment
     * @param lines standard output for when it is no terminal
     */
    @SuppressWarnings("SystemConsoleNull") // isTerminal knows what JDK 22 changed
    public static Terminal standardOutput(Map<String, String> environment, PrintWriter lines) {
        Console console = System.console();
        if (console == null || !isTerminal(console)) {
            return plain(lines);
        }
        // A terminal is written to in its own encoding, lines for a file are UTF-8 wherever they are written.
        Charset charset = console.charset();
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, charset);
        return of(out, environment, charset, Terminal::askColumns);
    }

    static Terminal of(PrintWriter out, Map<String, String> environment, Charset charset, IntSupplier columns) {
        if ("dumb".equals(environment.getOrDefault("TERM", "dumb"))) {
            return plain(out);
        }
        boolean color = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, true, columns, color, charset.newEncoder().canEncode('✓'));
    }

    /**
     * On JDK 22 and newer {@code System.console()} is there even when the output is a file, and says so itself; before,
     * its being there was the answer.
     */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Java has no call for the window size; {@code stty} does on every system that has {@code /dev/tty}. */
    private static int askColumns() {
        File tty = new File("/dev/tty");
        if (!tty.canRead()) {
            return COLUMNS_DEFAULT;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(tty)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(ASK_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                stty.destroy();
                return COLUMNS_DEFAULT;
            }
            return columnsIn(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return COLUMNS_DEFAULT;
        } catch (IOException noStty) {
            return COLUMNS_DEFAULT;
        }
    }

    /** {@code 50 132} are 50 rows of 132 columns; a serial line without a size says {@code 0 0}. */
    static int columnsIn(String size) {
        Matcher told = SIZE.matcher(size);
        return told.find() ? Integer.parseInt(told.group(1)) : COLUMNS_DEFAULT;
    }
}
