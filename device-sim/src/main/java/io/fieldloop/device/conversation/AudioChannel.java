package io.fieldloop.device.conversation;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.TurnOutcome;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The open channel of an online device: from the server's hello to the loss or closing of the connection, which is reported once. */
public final class AudioChannel implements MessageSink {

    /** Who opened the channel. */
    public interface Listener {
        /** The channel is given where its connection stays open. */
        void closed(FailureReason reason, @Nullable String code, @Nullable MessageChannel left);
    }

    private final DeviceContext context;
    private final MessageChannel channel;
    private final ConnectOutcome.Online opened;
    private final Listener listener;
    private final Conversation conversation;
    private long lastIncomingNanos;
    private boolean open = true;
    private boolean toldToClose;

    /** @param reboot what happens when the server asks for a reboot */
    public AudioChannel(
            DeviceContext context,
            MessageChannel channel,
            ServerHello hello,
            ConnectOutcome.Online opened,
            Listener listener,
            Runnable reboot) {
        this.context = context;
        this.channel = channel;
        this.opened = opened;
        this.listener = listener;
        this.lastIncomingNanos = context.nanoTime();
        this.conversation = new Conversation(
                context,
                channel,
                reboot,
                hello,
                new SplittableRandom(context.random().nextLong()));
    }

    /** Takes over the connection. */
    public void begin() {
        channel.handTo(this);
    }

    /** Whether the server said that it closes. */
    public boolean isToldToClose() {
        return toldToClose;
    }

    public ConnectOutcome.Online opened() {
        return opened;
    }

    public CompletableFuture<TurnOutcome> talk(Duration speech, Duration patience) {
        return conversation.talk(speech, patience);
    }

    public void abort() {
        conversation.abort();
    }

    /**
     * Whether the channel may still be used, judged only when somebody wants to use it.
     *
     * <p>IsAudioChannelOpened() compares whole seconds, so the limit of 120 s strikes at 121 (protocol reference 1.4).
     */
    public boolean isTimedOut() {
        long idleSeconds = context.since(lastIncomingNanos).toSeconds();
        boolean timedOut =
                idleSeconds > context.profile().limits().channelIdle().toSeconds();
        if (timedOut) {
            context.log(LogLevel.ERROR, "Protocol", "Channel timeout " + idleSeconds + " seconds");
        }
        return timedOut;
    }

    /** Ends the channel. */
    public void close(FailureReason reason, @Nullable String code) {
        if (open) {
            channel.drop(reason);
            end(reason, code, null);
        }
    }

    private void end(FailureReason reason, @Nullable String code, @Nullable MessageChannel left) {
        open = false;
        conversation.end(reason);
        listener.closed(reason, code, left);
    }

    @Override
    public void received(@Nullable JsonMessage message) {
        lastIncomingNanos = context.nanoTime();
        if (message != null && message.type().equals("hello")) {
            ServerHello hello = channel.reader().hello(message);
            if (hello != null) {
                conversation.renew(hello);
            }
        } else if (message != null) {
            conversation.received(message);
        }
    }

    @Override
    public void audio(long opusBytes) {
        lastIncomingNanos = context.nanoTime();
        conversation.audio(opusBytes);
    }

    @Override
    public void closed() {
        toldToClose = true;
        channel.logDisconnected();
        if (channel.survivesClose()) {
            end(FailureReason.CLOSED_BY_SERVER, null, channel);
        } else {
            close(FailureReason.CLOSED_BY_SERVER, null);
        }
    }

    @Override
    public void broken(FailureReason reason) {
        close(reason, null);
    }

    @Override
    public void lost(@Nullable String code) {
        channel.logDisconnected();
        close(code == null ? FailureReason.CLOSED_BY_SERVER : FailureReason.CONNECTION_LOST, code);
    }
}
