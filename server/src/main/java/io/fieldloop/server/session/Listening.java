package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.PatientTimer;
import io.fieldloop.server.event.GatewayEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Follows one utterance of the device and tells when it is over.
 *
 * <p>In manual mode the device says so. In auto and realtime mode the gateway decides: after 600 ms
 * without a voiced frame, or after 10 s, as xiaozhi-esp32-server does. A frame counts as voiced when it is longer than what Opus
 * spends on silence, so a microphone that streams on while nobody speaks ends its utterance too; the first frame always counts.
 */
final class Listening {
    private static final Duration VOICE_SILENCE = Duration.ofMillis(600);
    private static final Duration UTTERANCE_MAX = Duration.ofSeconds(10);
    private static final int SILENT_FRAME_BYTES_MAX = 10;

    private final Session session;
    private final Runnable utteranceOver;
    private String mode = "";
    private boolean active;
    private long frames;
    private long bytes;
    private long voicedNanos;
    private @Nullable PatientTimer silence;
    private @Nullable PatientTimer longest;

    Listening(Session session, Runnable utteranceOver) {
        this.session = session;
        this.utteranceOver = utteranceOver;
    }

    boolean active() {
        return active;
    }

    void start(String listenMode) {
        reset();
        mode = listenMode;
        active = true;
    }

    /** The device released its button. */
    void stop() {
        if (active) {
            endUtterance();
        }
    }

    /** Forgets the utterance; nothing will come of it. */
    void cancel() {
        reset();
        active = false;
    }

    void frame(int payloadBytes) {
        if (!active) {
            return;
        }
        frames++;
        bytes += payloadBytes;
        if (mode.equals("manual")) {
            return;
        }
        if (longest == null) {
            longest = session.after(UTTERANCE_MAX, this::endUtterance);
        }
        if (frames == 1 || payloadBytes > SILENT_FRAME_BYTES_MAX) {
            voicedNanos = session.connection().nanoTime();
            if (silence == null) {
                silence = session.after(VOICE_SILENCE, this::checkSilence);
            }
        }
    }

    /** The timer is moved when it comes, so that an utterance of many frames does not mean many timers. */
    private void checkSilence() {
        Duration left = VOICE_SILENCE.minusNanos(session.connection().nanoTime() - voicedNanos);
        if (left.isZero() || left.isNegative()) {
            endUtterance();
        } else {
            silence = session.after(left, this::checkSilence);
        }
    }

    private void endUtterance() {
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.AudioReceived(connection.id(), frames, bytes));
        reset();
        active = mode.equals("realtime");
        utteranceOver.run();
    }

    private void reset() {
        cancel(silence);
        cancel(longest);
        silence = null;
        longest = null;
        frames = 0;
        bytes = 0;
    }

    private static void cancel(@Nullable PatientTimer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
