package io.fieldloop.scenario.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TimeTextTest {
    @Test
    void writesDurationsAsAPersonWould() {
        assertThat(TimeText.of(Duration.ZERO)).isEqualTo("0 s");
        assertThat(TimeText.of(Duration.ofNanos(40_500))).isEqualTo("40 us");
        assertThat(TimeText.of(Duration.ofNanos(1_250_000))).isEqualTo("1.3 ms");
        assertThat(TimeText.of(Duration.ofMillis(85))).isEqualTo("85 ms");
        assertThat(TimeText.of(Duration.ofMillis(1_204))).isEqualTo("1.204 s");
        assertThat(TimeText.of(Duration.ofSeconds(662))).isEqualTo("11m 02s");
        assertThat(TimeText.of(Duration.ofHours(25))).isEqualTo("1d 01h 00m");
        assertThat(TimeText.of(Duration.ofMillis(-85))).isEqualTo("-85 ms");
    }

    @Test
    void writesInstantsToTheMillisecond() {
        assertThat(TimeText.at(12_345_678_900L)).isEqualTo("12.345s");
        assertThat(TimeText.at(62_345_000_000L)).isEqualTo("1m 02.345s");
        assertThat(TimeText.at(3_662_345_000_000L)).isEqualTo("1h 01m 02.345s");
    }
}
