package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.console.ConsoleDictionary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of a long log exactly the lines that say something are made text, each with its number. */
class LogLinesTest {
    private final LineFilter filter = new LineFilter(SignTable.bundled(), ConsoleDictionary.stock());

    @Test
    void eachLineThatSaysSomethingKeepsItsNumber() throws IOException {
        Random random = new Random(12);
        StringBuilder log = new StringBuilder();
        List<Integer> expected = new ArrayList<>();
        int lines = 3000;
        for (int number = 1; number <= lines; number++) {
            boolean says = random.nextInt(20) == 0;
            log.append("x".repeat(random.nextInt(400))).append(says ? " No PING_RESP, disconnected" : "");
            log.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
            if (says) {
                expected.add(number);
            }
        }
        List<Integer> found = new ArrayList<>();

        int read = new LogLines(filter, (number, text, candidates) -> found.add(number))
                .read(new ByteArrayInputStream(log.toString().getBytes(StandardCharsets.UTF_8)));

        assertThat(read).isEqualTo(lines);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aLastLineWithoutEndAndOneWithoutMeasureAreRead() throws IOException {
        String log = "y".repeat(1_000_000) + "\nNo PING_RESP, disconnected";
        List<String> found = new ArrayList<>();

        new LogLines(filter, (number, text, candidates) -> found.add(text))
                .read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));

        assertThat(found).containsExactly("No PING_RESP, disconnected");
    }
}
