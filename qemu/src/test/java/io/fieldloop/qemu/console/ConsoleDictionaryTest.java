package io.fieldloop.qemu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleDictionaryTest {

    @TempDir
    private Path directory;

    private ConsoleDictionary load(String text) throws IOException {
        return ConsoleDictionary.load(Files.writeString(directory.resolve("own.yaml"), text));
    }

    @Test
    void stockFirmwareShowsNoAlertsAndHasNoControls() {
        ConsoleDictionary stock = ConsoleDictionary.stock();
        assertThat(stock.observes("refused")).isTrue();
        assertThat(stock.observes("code")).isTrue();
        assertThat(stock.observes("alert-sent")).isFalse();
        assertThat(stock.observes("version")).isFalse();
        assertThat(stock.observes("pong-sent")).isFalse();
        assertThat(stock.controls()).isEmpty();
    }

    @Test
    void theReferenceFirmwareShowsThem() {
        ConsoleDictionary bundled = ConsoleDictionary.bundled();
        for (String name :
                new String[] {"alert-sent", "alert-received", "version", "pong-sent", "first-audio", "turn-failed"}) {
            assertThat(bundled.observes(name)).as(name).isTrue();
        }
        assertThat(bundled.doubt(FailureReason.PEER_ALERT, "-0x7780", FailureReason.PROTOCOL_VERSION))
                .isEmpty();
    }

    @Test
    void saysWhatALogDoesNotTellApart() {
        ConsoleDictionary stock = ConsoleDictionary.stock();
        assertThat(stock.doubt(FailureReason.PEER_ALERT, "-0x7780", FailureReason.PROTOCOL_VERSION))
                .hasValueSatisfying(because -> assertThat(because).contains("-0x7780"));
        assertThat(stock.doubt(FailureReason.PEER_ALERT, "-0x7780", FailureReason.CERTIFICATE_EXPIRED))
                .isEmpty();
    }

    @Test
    void ownLinesComeBeforeThoseOfTheDictionaryTheyExtend() throws IOException {
        Console console = new Console(load("""
                dictionary: my board
                lines:
                  - { tag: WebSocket, line: '^WebSocket handshake failed', reason: accept-wrong }
                  - { tag: LED, line: '^blinked (?<frames>\\d+)', is: audio-sent }
                """)).print("""
                I (1) WS: Connecting to websocket server: ws://gateway.test/ with version: 1
                I (2) LED: blinked 3
                E (3) WebSocket: WebSocket handshake failed
                E (3) WS: Failed to connect to websocket server, code=0
                """);
        assertThat(console.refusal().reason()).isEqualTo(FailureReason.ACCEPT_WRONG);
        assertThat(console.all(DeviceEvent.AudioSent.class)).containsExactly(new DeviceEvent.AudioSent(3, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "'Failed to connect to gateway.test:443', 1, dns-failure, dns, 1",
        "'Failed to connect to gateway.test:443', 4, handshake-failure, tls, 4",
        "'Failed to connect to gateway.test:443', 571, modem-refused, tls, 571",
        "'Failed to connect to gateway.test:443', 0, modem-refused, tcp, 0",
        "'Failed to open TCP connection, error=552', 552, modem-refused, tcp, 552",
        "'Failed to open TCP connection, error=4', 4, modem-refused, tcp, 4",
        "'Failed to open TCP connection: AT CME error (cme=552)', 552, modem-refused, tcp, 552",
        "'Failed to open TCP connection', 552, modem-refused, tcp, 552",
        "'Failed to set HEX encoding', 0, modem-refused, tcp, 0",
    })
    void aModemsNumberIsInTheApplicationsLineOrInThatOfARefusedCommand(
            String line, int number, String reason, String phase, String code) {
        Console console = new Console(ConsoleDictionary.stock()).print("""
                I (1) WS: Connecting to websocket server: wss://gateway.test/ with version: 1
                E (2) Ml307Tcp: %s
                E (2) WebSocket: Failed to connect to server
                E (2) WS: Failed to connect to websocket server, code=%d
                """.formatted(line, number));
        assertThat(console.refusal().reason().wireName()).isEqualTo(reason);
        assertThat(console.refusal().phase().wireName()).isEqualTo(phase);
        assertThat(console.refusal().code()).isEqualTo(code);
    }

    @Test
    void mayStandAlone() throws IOException {
        ConsoleDictionary own = load("""
                dictionary: no ESP-IDF at all
                extends: none
                controls:
                  ready: { line: '^> $' }
                  connect: AT+OPEN
                  disconnect: AT+CLOSE
                lines:
                  - { line: '^OPEN$', is: [attempt-started, online] }
                """);
        Console console = new Console(own).print("OPEN");
        assertThat(console.kinds()).containsExactly("attempt-started", "online");
        assertThat(own.controls().orElseThrow().isReady("> ")).isTrue();
        assertThat(own.controls().orElseThrow().talk(Duration.ofSeconds(1))).isEmpty();
        assertThat(own.observes("refused")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lines: []                                                               | :1: dictionary: is missing, expected it here.
            {dictionary: x, colour: red}                                            | :1: top level: unknown key 'colour', expected one of dictionary, extends, replaces, controls, codes, alerts, ambiguous, lines.
            {dictionary: x, extends: y.yaml}                                        | :1: extends: unknown dictionary 'y.yaml', expected one of stock, fieldloop, none.
            {dictionary: x, lines: [{line: a, is: bang}]}                           | :1: lines[0].is: unknown observation 'bang', expected one of boot,
            {dictionary: x, lines: [{tag: a}]}                                      | :1: lines[0].line: is missing, expected it here.
            {dictionary: x, lines: [{line: '(', is: boot}]}                         | :1: lines[0].line: is no regular expression (Unclosed group near character 1), expected a Java one.
            {dictionary: x, lines: [{line: '(?<what>.)', is: boot}]}                | :1: lines[0].line: unknown group 'what', expected one of reason,
            {dictionary: x, lines: [{line: '(a)\\1', is: boot}]}                     | :1: lines[0].line: has a back reference, expected a pattern without.
            {dictionary: x, lines: [{line: a, reason: tired}]}                      | :1: lines[0].reason: unknown reason 'tired', expected one of dns-failure,
            {dictionary: x, lines: [{line: a, phase: early}]}                       | :1: lines[0].phase: unknown phase 'early', expected one of dns, tcp, tls, upgrade, mqtt, hello.
            {dictionary: x, lines: [{line: a, level: E}]}                           | :1: lines[0]: unknown key 'level', expected one of tag, line, is,
            {dictionary: x, codes: {'-0x1': tired}}                                 | :1: codes.-0x1: unknown reason 'tired'
            {dictionary: x, alerts: {many: peer-alert}}                             | :1: alerts.many: expected the number of a TLS alert.
            {dictionary: x, controls: {connect: c, disconnect: d}}                  | :1: controls.ready: is missing, expected it here.
            {dictionary: x, lines: [a, b]}                                          | :1: lines[0]: expected key: value pairs.
            {dictionary: x, dictionary: y}                                          | :1:
            {dictionary: [                                                          | :1:
            [1, 2]                                                                  | :1: expected key: value pairs.
            """)
    void saysInOneSentenceWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(ConsoleDictionaryException.class)
                .message()
                .startsWith(directory.resolve("own.yaml") + message)
                .doesNotContain("\n")
                .endsWith(".");
    }

    @Test
    void saysThatAFileIsMissingEmptyOrNoText() throws IOException {
        assertThatThrownBy(() -> ConsoleDictionary.load(directory.resolve("none.yaml")))
                .isInstanceOf(ConsoleDictionaryException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> load("")).hasMessageContaining("is empty: expected a console dictionary.");
        Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xFF, 0});
        assertThatThrownBy(() -> ConsoleDictionary.load(binary)).hasMessageContaining("is not UTF-8 text");
    }

    /** A quadratic or exponential pattern on an unlucky line costs a bounded number of steps and then counts as no match. */
    @Test
    void aPatternThatBacktracksDoesNotStopTheHarness() throws IOException {
        Console console = new Console(load("""
                dictionary: careless
                lines:
                  - { tag: a, line: '(x+x+)+y', is: boot }
                  - { tag: a, line: '(x|xx)*z', is: boot }
                """)).print("I (1) a: " + "x".repeat(4000));
        assertThat(console.kinds()).isEmpty();
        assertThat(console.events).hasSize(1);
    }

    @Test
    void bundledPatternsNeverRunOutOfSteps() {
        for (ConsoleDictionary dictionary :
                new ConsoleDictionary[] {ConsoleDictionary.stock(), ConsoleDictionary.bundled()}) {
            for (LineRule rule : dictionary.rules()) {
                String literal = rule.line().pattern().replaceAll("[\\\\^$]|\\(\\?<\\w+>|[()]", "");
                for (String unit :
                        new String[] {"a", "1", " ", "-", "tls_error_code=1 ", "getaddrinfo", "=", ".", literal}) {
                    BudgetedText text = new BudgetedText(unit.repeat(2000 / unit.length() + 1));
                    assertThat(rule.line().matcher(text).results().limit(1)).isNotNull();
                }
            }
        }
    }
}
