package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of several firmwares, with what serial tools put in front. */
class ConsoleLineParserTest {
    private final ConsoleLineParser parser = new ConsoleLineParser(Set.of("esp-tls", "WS"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " => ",
            value = {
                "E (7795) esp-tls: failed => esp-tls => failed => 7795",
                "I (56198) wifi:bcn_timeout => wifi => bcn_timeout => 56198",
                "[0;31mE (12) WS: gone[0m => WS => gone => 12",
                "E (07:52:30.725) esp-tls: failed => esp-tls => failed => 28350725",
                "【2020-06-22 16:28:24:375】E (7795) esp-tls: failed => esp-tls => failed => 7795",
                "[2026-03-01 08:12:44] E (7795) esp-tls: failed => esp-tls => failed => 7795",
                "[  3910][E][ssl_client.cpp:37] _handle_error(): x => ssl_client.cpp => _handle_error(): x => 3910",
                "[12:00:02][W][mqtt:341]: MQTT Disconnected => mqtt => MQTT Disconnected => 43202000",
                "00:00:07.530 MQT: Connect failed => MQT => Connect failed => 7530",
                "E esp-tls: failed => esp-tls => failed => -1",
                "esp-tls: failed => esp-tls => failed => -1",
                "12:13:14.500 -> WS: gone => WS => gone => 43994500",
                "something: else => '' => something: else => -1"
            })
    void isTakenApart(String line, String tag, String message, long millis) {
        ConsoleLine parsed = parser.parse(1, line);

        assertThat(parsed.tag()).isEqualTo(tag);
        assertThat(parsed.message()).isEqualTo(message);
        assertThat(parsed.millis()).isEqualTo(millis);
    }
}
