package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.PatientTimer;
import io.fieldloop.server.event.GatewayEvent;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives one reply: stt, tts start, llm, sentence and its audio, tts stop; five frames at once, then one every 60 ms. */
final class Speaking {
    private static final int BURST_FRAMES = 5;
    private static final Duration FRAME = Duration.ofMillis(60);

    private final Session session;
    private final CannedReply reply;
    private final Supplier<AudioFraming> framing;
    private boolean active;
    private int next;
    private long bytes;
    private long pacedSinceNanos;
    private @Nullable PatientTimer timer;

    Speaking(Session session, CannedReply reply, Supplier<AudioFraming> framing) {
        this.session = session;
        this.reply = reply;
        this.framing = framing;
    }

    boolean active() {
        return active;
    }

    void start() {
        active = true;
        next = 0;
        bytes = 0;
        session.send(Json.message("stt").put("text", "hello"));
        session.send(Json.message("tts").put("state", "start"));
        session.send(Json.message("llm").put("text", "🙂").put("emotion", "happy"));
        session.send(Json.message("tts").put("state", "sentence_start").put("text", "Fieldloop gateway speaking."));
        while (next < Math.min(BURST_FRAMES, reply.frames())) {
            sendFrame();
        }
        pacedSinceNanos = session.connection().nanoTime();
        scheduleNext();
    }

    /** The device interrupted, or is gone. */
    void abort() {
        if (active) {
            finish();
        }
    }

    /** Drops the reply without another word, because there is nobody left to hear it. */
    void cancel() {
        active = false;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Each frame has its own due time, so that late timers do not add up. */
    private void scheduleNext() {
        long dueNanos = pacedSinceNanos + (next - BURST_FRAMES + 1L) * FRAME.toNanos();
        long delayNanos = Math.max(0, dueNanos - session.connection().nanoTime());
        timer = session.after(Duration.ofNanos(delayNanos), this::sendOrFinish);
    }

    private void sendOrFinish() {
        if (next < reply.frames()) {
            sendFrame();
            scheduleNext();
        } else {
            finish();
        }
    }

    private void sendFrame() {
        byte[] packet = reply.packet(next);
        session.sendAudio(framing.get(), packet, next);
        next++;
        bytes += packet.length;
    }

    private void finish() {
        cancel();
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.AudioSent(connection.id(), next, bytes));
        session.send(Json.message("tts").put("state", "stop"));
    }
}
