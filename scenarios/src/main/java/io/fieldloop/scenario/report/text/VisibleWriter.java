package io.fieldloop.scenario.report.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Standard output and standard error of the program: whatever is written, no character of it steers the terminal.
 *
 * <p>Peers, files and arguments choose much of what a command prints. Escaping here, and not where each text is printed, leaves no
 * place that can be forgotten.
 */
public final class VisibleWriter extends FilterWriter {
    private VisibleWriter(Writer out) {
        super(out);
    }

    /** A writer of lines to {@code out}; it flushes after each. */
    public static PrintWriter around(Writer out) {
        return new PrintWriter(new VisibleWriter(out), true);
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        write(String.valueOf(characters, offset, length));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        String piece = text.substring(offset, offset + length);
        out.write(piece.equals(System.lineSeparator()) ? piece : VisibleText.block(piece));
    }
}
