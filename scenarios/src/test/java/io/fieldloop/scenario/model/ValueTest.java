package io.fieldloop.scenario.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.scenario.model.device.ClockSetting;
import io.fieldloop.scenario.model.value.ByteSize;
import io.fieldloop.scenario.model.value.CountBound;
import io.fieldloop.scenario.model.value.DurationLimit;
import io.fieldloop.scenario.model.value.Rate;
import io.fieldloop.scenario.model.value.WriteRange;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.shape.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTest {
    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "250ms,PT0.25S",
        "1h30m,PT1H30M",
        "1.5s,PT1.5S",
        "-89d,PT-2136H",
        "+10m,PT10M",
        "3us,PT0.000003S"
    })
    void readsDurations(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "'',is not a duration",
        "10,has no unit",
        "s,is not a duration",
        "1h 30m,is not a duration",
        "1S,is not a duration",
        "400000d,is longer than 292 years"
    })
    void refusesWhatIsNoDuration(String text, String why) {
        assertThatThrownBy(() -> DurationText.parse(text)).hasMessageContaining(why);
    }

    @Test
    void printsDurationsSoThatTheyReadBack() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(64));
            assertThat(DurationText.parse(DurationText.print(duration))).isEqualTo(duration);
        }
        assertThat(DurationText.print(Duration.ofMillis(90_500))).isEqualTo("1m30.5s");
        assertThat(DurationText.print(Duration.ofNanos(250_000))).isEqualTo("0.25ms");
    }

    @ParameterizedTest
    @CsvSource({"3,3,false,1", "1..20,1..20,false,20", "5..,5..,true,1", "7..7,7,false,1"})
    void readsRangesOfWrites(String text, String printed, boolean open, int cases) {
        WriteRange range = WriteRange.parse(text);
        assertThat(range).hasToString(printed);
        assertThat(range.isOpen()).isEqualTo(open);
        assertThat(range.each()).hasSize(cases);
    }

    @ParameterizedTest
    @CsvSource({
        "20,19,false",
        "20,20,true",
        ">= 5,4,false",
        ">=5,5,true",
        "< 5,5,false",
        "> 5,6,true",
        "<= 5,5,true",
        "3..5,5,true",
        "3..5,6,false",
        "0,0,true"
    })
    void countsWithinBounds(String bound, long count, boolean holds) {
        assertThat(CountBound.parse(bound).contains(count)).isEqualTo(holds);
    }

    @Test
    void comparesWithThresholds() {
        assertThat(DurationLimit.parse("< 2s").holds(Duration.ofMillis(1999))).isTrue();
        assertThat(DurationLimit.parse("<2s").holds(Duration.ofSeconds(2))).isFalse();
        assertThat(DurationLimit.parse(">= 2s").holds(Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void readsRatesAndSizes() {
        assertThat(Rate.parse("20/10s").perSecond()).isEqualTo(2);
        assertThat(Rate.parse("6/m").perSecond()).isEqualTo(0.1);
        assertThat(ByteSize.parse("1.5KiB").bytes()).isEqualTo(1536);
        assertThatThrownBy(() -> ByteSize.parse("0.5B")).hasMessageContaining("whole number of bytes");
        assertThatThrownBy(() -> Rate.parse("20/0s")).hasMessageContaining("over no time");
    }

    @Test
    void knowsHowWrongAClockIs() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(ClockSetting.parse("-30d").skewAt(start)).isEqualTo(Duration.ofDays(-30));
        assertThat(ClockSetting.parse("2025-12-31T23:00:00Z").skewAt(start)).isEqualTo(Duration.ofHours(-1));
    }

    @Test
    void takesGroupsAndTheirMembersForNames() {
        assertThat(Names.of("door").includes("door#7")).isTrue();
        assertThat(Names.of("door#7").includes("door#7")).isTrue();
        assertThat(Names.of("door#7").includes("door#8")).isFalse();
        assertThat(Names.of("all").includes("anybody")).isTrue();
    }
}
