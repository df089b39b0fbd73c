package io.fieldloop.qemu.console;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceListener;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.qemu.console.LineRule.Sighting;
import java.time.Duration;
import java.util.Optional;

/**
 * The turn of a conversation that the console tells of.
 *
 * <p>A turn counts from the moment the device began to listen. A stock firmware that goes on listening after a reply does not log when
 * its user speaks again, so later turns on one channel include that pause.
 */
final class TurnWatch {

    private final DeviceListener listener;
    private boolean open;
    private boolean listened;
    private long listeningNanos;
    private long startedNanos;

    TurnWatch(DeviceListener listener) {
        this.listener = listener;
    }

    void entered(DeviceState state, long nanos) {
        if (state == DeviceState.LISTENING) {
            listened = true;
            listeningNanos = nanos;
        }
    }

    void begin(long nanos) {
        if (!open) {
            open = true;
            startedNanos = listened ? listeningNanos : nanos;
        }
    }

    void complete(Sighting sighting, long nanos) {
        Optional<Duration> told = PlainEvents.millis(sighting, Value.ELAPSED_MS);
        if (open || told.isPresent()) {
            Duration elapsed = told.orElse(Duration.ofNanos(nanos - startedNanos));
            Duration firstAudio =
                    PlainEvents.millis(sighting, Value.FIRST_AUDIO_MS).orElse(null);
            open = false;
            listener.onEvent(new DeviceEvent.TurnCompleted(new TurnOutcome.Completed(elapsed, firstAudio)));
        }
    }

    /** Only a firmware that tells how much it cut says so at all. */
    void interrupt(Sighting sighting) {
        Duration elapsed = PlainEvents.millis(sighting, Value.ELAPSED_MS).orElse(Duration.ZERO);
        Duration cut = PlainEvents.millis(sighting, Value.SPEECH_CUT_MS).orElse(Duration.ZERO);
        open = false;
        listener.onEvent(new DeviceEvent.TurnInterrupted(new TurnOutcome.Interrupted(elapsed, cut)));
    }

    void fail(Sighting sighting, long nanos) {
        Optional<Duration> told = PlainEvents.millis(sighting, Value.ELAPSED_MS);
        if (open || told.isPresent()) {
            FailureReason reason =
                    sighting.value(Value.REASON).flatMap(Reasons::named).orElse(FailureReason.NO_REPLY);
            failed(reason, told.orElse(Duration.ofNanos(nanos - startedNanos)));
        }
    }

    /** The channel is gone. */
    void fail(FailureReason reason, long nanos) {
        if (open) {
            failed(reason, Duration.ofNanos(nanos - startedNanos));
        }
        listened = false;
    }

    private void failed(FailureReason reason, Duration elapsed) {
        open = false;
        listener.onEvent(new DeviceEvent.TurnFailed(new TurnOutcome.Failed(reason, elapsed)));
    }
}
