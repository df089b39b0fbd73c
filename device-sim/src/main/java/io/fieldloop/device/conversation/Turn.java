package io.fieldloop.device.conversation;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.TurnOutcome;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One turn: the user speaks, the microphone streams, the reply is awaited and played; ends exactly once.
 *
 * <p>The firmware itself waits for a reply for ever; it is the user whose patience ends. The patience timer is moved lazily, so that a
 * reply of many packets does not mean many timers.
 */
final class Turn {

    private final DeviceContext context;
    private final MessageChannel channel;
    private final Microphone microphone;
    private final Duration patience;
    private final Runnable spoken;
    private final CompletableFuture<TurnOutcome> outcome = new CompletableFuture<>();
    private final long startedNanos;
    private int packetsLeft;
    private long packetsSent;
    private long bytesSent;
    private boolean speaking = true;
    private @Nullable Future<?> timer;
    private long spokenNanos;
    private long lastSignNanos;
    private Duration speechCut = Duration.ZERO;
    private @Nullable Duration firstAudio;

    /** @param spoken called when the user has finished speaking, before the wait for the reply begins */
    Turn(
            DeviceContext context,
            MessageChannel channel,
            Microphone microphone,
            Duration speech,
            Duration patience,
            Runnable spoken) {
        this.context = context;
        this.channel = channel;
        this.microphone = microphone;
        this.patience = patience;
        this.spoken = spoken;
        this.startedNanos = context.nanoTime();
        this.packetsLeft = Microphone.packetsOf(speech);
    }

    CompletableFuture<TurnOutcome> outcome() {
        return outcome;
    }

    void begin() {
        if (packetsLeft == 0) {
            finishSpeaking();
        } else {
            // A packet exists when its 60 ms have been recorded.
            timer = context.schedule(this::sendPacket, Microphone.FRAME);
        }
    }

    private void sendPacket() {
        byte[] packet = microphone.nextPacket();
        channel.sendAudio(packet);
        packetsSent++;
        bytesSent += packet.length;
        packetsLeft--;
        if (packetsLeft > 0 && !outcome.isDone()) {
            long nextNanos = startedNanos + Microphone.FRAME.toNanos() * (packetsSent + 1);
            timer = context.schedule(this::sendPacket, Duration.ofNanos(nextNanos - context.nanoTime()));
        } else {
            finishSpeaking();
        }
    }

    /** The server began to answer, and the firmware switches the microphone off, whatever the user still has to say. */
    void cutOff() {
        speechCut = Microphone.FRAME.multipliedBy(speaking ? packetsLeft : 0);
        finishSpeaking();
    }

    private void finishSpeaking() {
        if (!speaking || outcome.isDone()) {
            return;
        }
        speaking = false;
        cancelTimer();
        spokenNanos = context.nanoTime();
        lastSignNanos = spokenNanos;
        context.emit(new DeviceEvent.AudioSent(packetsSent, bytesSent));
        spoken.run();
        timer = context.schedule(this::checkPatience, patience);
    }

    /** Anything of the reply arrived. */
    void signOfReply() {
        lastSignNanos = context.nanoTime();
    }

    /** A packet of the reply was taken into the decode queue. */
    void audioArrived() {
        if (firstAudio == null) {
            firstAudio = Duration.ofNanos(context.nanoTime() - (speaking ? startedNanos : spokenNanos));
        }
    }

    private void checkPatience() {
        Duration left = patience.minusNanos(context.nanoTime() - lastSignNanos);
        if (left.isZero() || left.isNegative()) {
            fail(FailureReason.NO_REPLY);
        } else {
            timer = context.schedule(this::checkPatience, left);
        }
    }

    void complete() {
        finishSpeaking();
        if (!outcome.isDone()) {
            cancelTimer();
            if (speechCut.isZero()) {
                TurnOutcome.Completed completed = new TurnOutcome.Completed(elapsed(), firstAudio);
                context.emit(new DeviceEvent.TurnCompleted(completed));
                outcome.complete(completed);
            } else {
                TurnOutcome.Interrupted interrupted = new TurnOutcome.Interrupted(elapsed(), speechCut);
                context.emit(new DeviceEvent.TurnInterrupted(interrupted));
                outcome.complete(interrupted);
            }
        }
    }

    void fail(FailureReason reason) {
        if (!outcome.isDone()) {
            cancelTimer();
            if (speaking) {
                context.emit(new DeviceEvent.AudioSent(packetsSent, bytesSent));
            }
            TurnOutcome.Failed failed = new TurnOutcome.Failed(reason, elapsed());
            context.emit(new DeviceEvent.TurnFailed(failed));
            outcome.complete(failed);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(context.nanoTime() - startedNanos);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
