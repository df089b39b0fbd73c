package io.fieldloop.qemu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleLinesTest {

    private final List<String> seen = new ArrayList<>();
    private final ConsoleLines lines = new ConsoleLines(seen::add);

    private void feed(String text) {
        lines.feed(text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private void feed(int... octets) {
        for (int octet : octets) {
            lines.feed(new byte[] {(byte) octet}, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\r\r\n"})
    void endsLinesHoweverTheyEnd(String end) {
        feed("one" + end + "two" + end);
        lines.end();
        assertThat(seen).containsExactly("one", "two");
    }

    @Test
    void keepsEmptyLines() {
        feed("one\n\ntwo\r\n\r\n");
        assertThat(seen).containsExactly("one", "", "two", "");
    }

    @Test
    void givesTheSameLinesHoweverTheBytesAreCut() {
        byte[] bytes = "I (1) WS: 你好 \uD83D\uDE00\r\n\u001b[0;31mE (2) a: b\u001b[0m\r\nrest\n"
                .getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            seen.clear();
            lines.feed(java.util.Arrays.copyOfRange(bytes, 0, cut), 0);
            lines.feed(java.util.Arrays.copyOfRange(bytes, cut, bytes.length), 0);
            assertThat(seen).containsExactly("I (1) WS: 你好 \uD83D\uDE00", "E (2) a: b", "rest");
        }
    }

    @Test
    void dropsTerminalSequences() {
        feed("\u001b[2K\u001b[1;32mgreen\u001b[m \u001b]0;title\u0007\u001b(Bend\n");
        assertThat(seen).containsExactly("green end");
    }

    @Test
    void neverEndingSequenceSwallowsNoMoreThanItsLine() {
        feed("a\u001b]0;never closed\nb\n");
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void showsWhatIsNoText() {
        // NUL, a lone continuation byte, a cut sequence, an overlong slash, a surrogate, 0xFF, DEL
        feed(0x00, 'a', 0x80, 0xE4, 0xBD, 'b', 0xC0, 0xAF, 0xED, 0xA0, 0x80, 0xFF, 0x7F, '\n');
        assertThat(seen).containsExactly("\\x00a\\x80\\xe4\\xbdb\\xc0\\xaf\\xed\\xa0\\x80\\xff\\x7f");
    }

    @Test
    void showsCharactersThatTurnTheWritingDirection() {
        feed("a\u202Eb\n");
        assertThat(seen).containsExactly("a\\xe2\\x80\\xaeb");
    }

    @Test
    void noiseIsBoundedAndHarmless() {
        byte[] noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);
        lines.feed(noise, 0);
        feed("\nI (1) WS: still here\n");
        assertThat(seen).last().isEqualTo("I (1) WS: still here");
        assertThat(seen).allMatch(line -> line.length() <= ConsoleLines.LINE_CHARS_MAX + 40);
        assertThat(seen).allMatch(line -> line.chars().noneMatch(c -> c < 0x20 && c != '\t'));
    }

    @Test
    void countsWhatAVeryLongLineHasMore() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(new byte[] {'x'});
        for (int i = 1; i < ConsoleLines.LINE_CHARS_MAX + 100; i++) {
            line.write('x');
        }
        lines.feed(line.toByteArray(), 0);
        feed("\nnext\n");
        assertThat(seen.get(0))
                .hasSizeLessThan(ConsoleLines.LINE_CHARS_MAX + 40)
                .endsWith("x … (100 more)");
        assertThat(seen.get(1)).isEqualTo("next");
    }

    @Test
    void handsOnALineWithoutEndAfterAPause() {
        long pause = ConsoleLines.PAUSE.toNanos();
        lines.feed("login: ".getBytes(StandardCharsets.UTF_8), 5);
        lines.pause(5 + pause - 1);
        assertThat(seen).isEmpty();
        lines.pause(5 + pause);
        lines.pause(5 + 3 * pause);
        assertThat(seen).containsExactly("login: ");
    }

    @Test
    void handsOnALineWithoutEndBeforeLaterBytes() {
        lines.feed("half".getBytes(StandardCharsets.UTF_8), 0);
        lines.feed("whole\n".getBytes(StandardCharsets.UTF_8), ConsoleLines.PAUSE.toNanos());
        assertThat(seen).containsExactly("half", "whole");
    }

    @Test
    void handsOnTheLastWords() {
        feed("Guru Meditation");
        lines.end();
        lines.end();
        assertThat(seen).containsExactly("Guru Meditation");
    }
}
