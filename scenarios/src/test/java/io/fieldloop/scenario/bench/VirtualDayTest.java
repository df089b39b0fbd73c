package io.fieldloop.scenario.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VirtualDayTest {
    @Test
    void devicesThatAnswerPingsAtOnceStayOnline() {
        VirtualDay.Tally tally = new VirtualDay(3, Duration.ofSeconds(30)).run(Duration.ofHours(1));
        assertThat(tally.channelsLost()).isZero();
        assertThat(tally.pings()).isBetween(3 * 119L, 3 * 120L);
        assertThat(tally.pongs()).isEqualTo(tally.pings());
        assertThat(tally.simulatedNanos()).isEqualTo(Duration.ofHours(1).toNanos());
    }
}
