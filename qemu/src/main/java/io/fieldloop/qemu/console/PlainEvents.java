package io.fieldloop.qemu.console;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.qemu.console.LineRule.Sighting;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events that one line tells completely. */
final class PlainEvents {

    private PlainEvents() {}

    static Optional<DeviceEvent> of(Observation observation, Sighting sighting) {
        String type = sighting.value(Value.TYPE).orElse("");
        String state = sighting.value(Value.STATE).orElse(null);
        long bytes = number(sighting, Value.BYTES);
        long frames = number(sighting, Value.FRAMES);
        return Optional.ofNullable(
                switch (observation) {
                    case MESSAGE_SENT -> new DeviceEvent.MessageSent(type, state);
                    case MESSAGE_RECEIVED -> new DeviceEvent.MessageReceived(type, state);
                    case AUDIO_SENT -> new DeviceEvent.AudioSent(frames, bytes);
                    case AUDIO_RECEIVED ->
                        new DeviceEvent.AudioReceived(frames, bytes, number(sighting, Value.DROPPED));
                    case PONG_SENT -> new DeviceEvent.PongSent((int) bytes);
                    case RECONNECT_SCHEDULED -> new DeviceEvent.ReconnectScheduled(pause(sighting));
                    default -> null;
                });
    }

    private static Duration pause(Sighting sighting) {
        return millis(sighting, Value.IN_MS).orElse(Duration.ofSeconds(number(sighting, Value.IN_SECONDS)));
    }

    static Optional<Duration> millis(Sighting sighting, Value value) {
        return sighting.value(value).map(Codes::number).map(Duration::ofMillis);
    }

    private static long number(Sighting sighting, Value value) {
        return sighting.value(value).map(Codes::number).orElse(0L);
    }

    /** The state by its word, or null when the simulator has no such state. */
    static @Nullable DeviceState state(String word) {
        return Arrays.stream(DeviceState.values())
                .filter(state -> state.wireName().equals(word))
                .findFirst()
                .orElse(null);
    }
}
