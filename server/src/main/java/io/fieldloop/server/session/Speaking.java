package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.event.GatewayEvent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Gives one reply: stt, tts start, llm, sentence and its audio, tts stop; five frames at once, then one every 60 ms. */
final class Speaking {
    private static final int BURST_FRAMES = 5;
    private static final Duration FRAME = Duration.ofMillis(60);

    private final DeviceLink link;
    private final SessionConfig config;
    private final CannedReply reply;
    private final Runnable over;
    private boolean active;
    private int next;
    private long bytes;
    private long pacedSinceNanos;
    private @Nullable Future<?> timer;

    Speaking(DeviceLink link, SessionConfig config, CannedReply reply, Runnable over) {
        this.link = link;
        this.config = config;
        this.reply = reply;
        this.over = over;
    }

    boolean active() {
        return active;
    }

    void start() {
        active = true;
        next = 0;
        bytes = 0;
        link.send(Json.message("stt").put("text", config.heardText()));
        link.send(Json.message("tts").put("state", "start"));
        link.send(Json.message("llm").put("text", "🙂").put("emotion", "happy"));
        link.send(Json.message("tts").put("state", "sentence_start").put("text", config.spokenText()));
        while (next < Math.min(BURST_FRAMES, reply.frames())) {
            sendFrame();
        }
        pacedSinceNanos = link.connection().nanoTime();
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
            timer.cancel(false);
        }
    }

    /** Each frame has its own due time, so that late timers do not add up. */
    private void scheduleNext() {
        long dueNanos = pacedSinceNanos + (next - BURST_FRAMES + 1L) * FRAME.toNanos();
        long delayNanos = Math.max(0, dueNanos - link.connection().nanoTime());
        timer = link.after(Duration.ofNanos(delayNanos), this::sendOrFinish);
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
        link.sendAudio(packet);
        next++;
        bytes += packet.length;
    }

    private void finish() {
        cancel();
        Connection connection = link.connection();
        connection.emit(new GatewayEvent.AudioSent(connection.id(), next, bytes));
        link.send(Json.message("tts").put("state", "stop"));
        over.run();
    }
}
