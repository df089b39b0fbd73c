package io.fieldloop.scenario.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleWriterTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter out = VisibleWriter.around(written);

    @Test
    void whatSteersATerminalIsWrittenAsAnEscape() {
        out.print("\u001b[2J\u009b1m\u202egnp.exe\r");
        out.print('\u0007');
        out.write(new char[] {'\u001b'}, 0, 1);
        out.flush();

        assertThat(written).hasToString("\\x1b[2J\\x9b1m\\u202egnp.exe\\x0d\\x07\\x1b");
    }

    @Test
    void linesTabsAndLettersOfAllWritingsStay() {
        out.println("a\tb\nгерой 你好 ✓ … 🙂");

        assertThat(written).hasToString("a\tb\nгерой 你好 ✓ … 🙂" + System.lineSeparator());
    }
}
