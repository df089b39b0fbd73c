package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.TurnOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether firmware said all it was told to before it called its turn complete.
 *
 * <p>A machine that is slower than its speech is answered into it, and example firmware takes the end of that answer for the end of its turn
 * (seen: 4 of 25 packets). The simulated device calls that interrupted, and so it is called here.
 */
final class SpokenTurn {
    /** What a packet holds in known firmware; one with shorter packets is given the benefit of the doubt. */
    private static final Duration FRAME = Duration.ofMillis(60);

    private Duration asked = Duration.ZERO;
    private @Nullable Duration spoken;

    /** The user speaks for that long. */
    void begin(Duration speech) {
        asked = speech;
        spoken = null;
    }

    /** The event as it is to be told. */
    DeviceEvent judge(DeviceEvent event) {
        if (event instanceof DeviceEvent.AudioSent sent) {
            spoken = FRAME.multipliedBy(sent.frames());
        }
        boolean cutShort = spoken != null && spoken.compareTo(asked) < 0;
        return event instanceof DeviceEvent.TurnCompleted completed && cutShort
                ? new DeviceEvent.TurnInterrupted(
                        new TurnOutcome.Interrupted(completed.outcome().elapsed(), asked.minus(spoken)))
                : event;
    }
}
