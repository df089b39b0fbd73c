package io.fieldloop.scenario.rig.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.TurnOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SpokenTurnTest {
    private static final Duration ELAPSED = Duration.ofSeconds(3);
    private static final DeviceEvent COMPLETED =
            new DeviceEvent.TurnCompleted(new TurnOutcome.Completed(ELAPSED, null));

    private final SpokenTurn turn = new SpokenTurn();

    @Test
    void aTurnThatSaidAFractionOfTheSpeechIsInterrupted() {
        turn.begin(Duration.ofMillis(1500));
        turn.judge(new DeviceEvent.AudioSent(4, 500));

        assertThat(turn.judge(COMPLETED))
                .isEqualTo(
                        new DeviceEvent.TurnInterrupted(new TurnOutcome.Interrupted(ELAPSED, Duration.ofMillis(1260))));
    }

    @Test
    void aTurnThatSaidAllOrWhoseConsoleDoesNotTellIsWhatItSays() {
        turn.begin(Duration.ofMillis(1500));
        assertThat(turn.judge(COMPLETED)).isSameAs(COMPLETED);
        turn.judge(new DeviceEvent.AudioSent(25, 3000));
        assertThat(turn.judge(COMPLETED)).isSameAs(COMPLETED);

        turn.begin(Duration.ofMillis(1500));
        assertThat(turn.judge(COMPLETED)).isSameAs(COMPLETED);
    }
}
