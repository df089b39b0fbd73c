package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.runner.SavedConsole.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SavedConsoleTest {
    /** https://github.com/xinnan-tech/xiaozhi-esp32-server/issues/1183, with what terminals put in front of a line. */
    private static final String REFUSED = """
            [10:03:12.100] I (3939613) WS: Connecting to websocket server: wss://gateway.test:8000/xiaozhi/v1/ with version: 1
            \u001b[0;31mE (3939653) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7280\u001b[0m
            [0;31mE (3939663) TlsTransport: Failed to connect to gateway.test:8000[0m
            2025-04-01 10:03:12 E (3939673) WS: Failed to connect to websocket server
            """;

    @Test
    void takesTimesFromTheLinesAndSkipsWhatIsInFront() {
        Entry refused = entry(read(REFUSED), "refused");

        assertThat(refused.line()).isEqualTo(4);
        assertThat(refused.nanos()).isEqualTo(3_939_673_000_000L);
        assertThat(refused.attributes())
                .containsEntry("reason", "tls-eof")
                .containsEntry("code", "-0x7280")
                .containsEntry("elapsed", Duration.ofMillis(60));
    }

    @Test
    void timeGoesOnThroughARestart() {
        Log console = read("""
                I (5000) cpu_start: Pro cpu up.
                Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.
                I (300) WS: Connecting to websocket server: ws://gateway.test/ with version: 1
                """);

        assertThat(entry(console, "guru-meditation").nanos()).isEqualTo(5_000_000_000L);
        assertThat(entry(console, "attempt-started").nanos()).isEqualTo(5_300_000_000L);
    }

    @Test
    void takesTheTimeOfDayToo() {
        Log console = read("""
                I (10:00:00.000) WS: Connecting to websocket server: ws://gateway.test/ with version: 1
                E (10:00:18.500) WS: Failed to connect to websocket server, code=32772
                I (99:99:99.999) WS: no time at all
                """);

        assertThat(entry(console, "refused").attributes()).containsEntry("elapsed", Duration.ofMillis(18_500));
    }

    @Test
    void withoutTimesNothingIsSaidOfHowLongItTook() {
        Log console = read("""
                I WS: Connecting to websocket server: ws://gateway.test/ with version: 1
                E WS: Failed to connect to websocket server, code=32772
                """);

        assertThat(entry(console, "refused").attributes()).containsKey("reason").doesNotContainKey("elapsed");
    }

    /** https://github.com/espressif/esp-idf/issues/15423: all that was posted. */
    @Test
    void linesOfAFailureThatNobodyGaveUpForAreSigns() {
        Log console = read("E (113675) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7780\n");

        assertThat(entry(console, SavedConsole.SIGNS).attributes())
                .containsEntry("reason", "peer-alert")
                .containsEntry("code", "-0x7780")
                .doesNotContainKey("elapsed");
        assertThat(read(REFUSED).entries()).extracting(Entry::kind).doesNotContain(SavedConsole.SIGNS);
    }

    /** Of an open channel's end nobody can say in which phase of an attempt it came. */
    @Test
    void signsHaveAPhaseOnlyWhereTheReasonBelongsToOne() {
        Log lost = read("I (10) wifi: up\nE (41379) Ml307Tcp: Failed to send data chunk\n");
        Log refused = read("E (113675) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7780\n");

        assertThat(entry(lost, SavedConsole.SIGNS).attributes()).doesNotContainKey("phase");
        assertThat(entry(refused, SavedConsole.SIGNS).attributes()).containsEntry("phase", "tls");
    }

    @Test
    void aLogOfOtherThingsHasNoEntries() {
        Log console = read("Hello\n\nworld");

        assertThat(console.entries()).isEmpty();
        assertThat(console.lines()).isEqualTo(3);
    }

    @Test
    void linesAreCountedInALongLog() {
        String[] noise = new String[20_000];
        Arrays.fill(noise, "I (100) wifi: beacon");

        Entry refused = entry(read(String.join("\r\n", noise) + "\r\n" + REFUSED), "refused");

        assertThat(refused.line()).isEqualTo(20_004);
    }

    /** A failure that is 11 s away from another, and of which no line says that it ended an attempt, is told like any other. */
    @Test
    void aSurvivedFailureIsNotForgottenWhenAnotherFollows() {
        Log console = read("""
                I (1000) wifi: beacon
                E (2000) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7780
                E (13500) esp-tls: couldn't get hostname for :gateway.test:
                """);

        assertThat(console.entries()).extracting(Entry::kind).containsExactly(SavedConsole.SIGNS, SavedConsole.SIGNS);
        assertThat(console.entries()).extracting(Entry::line).containsExactly(2, 3);
        assertThat(console.entries())
                .extracting(entry -> entry.attributes().get("reason"))
                .containsExactly("peer-alert", "dns-failure");
    }

    @Test
    void aRefusalThatStandsAloneIsOne() {
        Entry refused = entry(read("E (3939673) WS: Failed to connect to websocket server\n"), "refused");

        assertThat(refused.attributes()).containsEntry("reason", "connection-lost");
    }

    /** One failure makes several lines; the last of them says nothing new. */
    @Test
    void theEchoOfARefusalIsNone() {
        Log console = read(REFUSED + """
                E (3939680) Application: Failed to connect to websocket server
                E (3939690) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7280
                I (3999690) wifi: beacon
                """);

        assertThat(console.entries()).extracting(Entry::kind).containsExactly("attempt-started", "refused");
    }

    private record Log(int lines, List<Entry> entries) {}

    private static Log read(String log) {
        List<Entry> entries = new ArrayList<>();
        InputStream bytes = new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
        try {
            return new Log(SavedConsole.read(bytes, ConsoleDictionary.stock(), entries::add), entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(Log console, String kind) {
        assertThat(console.entries()).extracting(Entry::kind).contains(kind);
        return console.entries().stream()
                .filter(entry -> entry.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
