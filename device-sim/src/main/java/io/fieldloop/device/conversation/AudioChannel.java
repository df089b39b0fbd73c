package io.fieldloop.device.conversation;

import io.fieldloop.device.attempt.LossLines;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.websocket.MessageSink;
import io.fieldloop.device.websocket.WebSocketConnection;
import io.fieldloop.device.websocket.WebSocketMessage;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The open channel of an online device: from the server's hello to the loss or closing of the connection, which is reported once. */
public final class AudioChannel implements MessageSink, ConversationPort {

    /** Who opened the channel. */
    public interface Listener {
        void closed(FailureReason reason, @Nullable String code);
    }

    private final DeviceContext board;
    private final WebSocketConnection wire;
    private final ConnectOutcome.Online opened;
    private final Listener listener;
    private final Conversation conversation;
    private long lastIncomingNanos;
    private boolean open = true;

    public AudioChannel(
            DeviceContext board,
            WebSocketConnection wire,
            ServerHello hello,
            ConnectOutcome.Online opened,
            Listener listener) {
        this.board = board;
        this.wire = wire;
        this.opened = opened;
        this.listener = listener;
        this.lastIncomingNanos = board.nanoTime();
        this.conversation = new Conversation(
                this,
                board.config().profile().listenMode(),
                hello,
                new SplittableRandom(board.runtime().random().nextLong()));
    }

    /** Takes over the connection. */
    public void begin() {
        wire.handTo(this);
    }

    public ConnectOutcome.Online opened() {
        return opened;
    }

    public CompletableFuture<TurnOutcome> talk(Duration speech) {
        return conversation.talk(speech, board.config().userPolicy().replyPatience());
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
        long idleSeconds = board.since(lastIncomingNanos).toSeconds();
        boolean timedOut =
                idleSeconds > board.config().profile().limits().channelIdle().toSeconds();
        if (timedOut) {
            board.log(LogLevel.ERROR, "Protocol", "Channel timeout " + idleSeconds + " seconds");
        }
        return timedOut;
    }

    /** Ends the channel; the connection is dropped without a close frame. */
    public void close(FailureReason reason, @Nullable String code) {
        if (open) {
            open = false;
            wire.drop();
            conversation.end(reason);
            listener.closed(reason, code);
        }
    }

    @Override
    public void received(WebSocketMessage message) {
        if (message instanceof WebSocketMessage.Text text) {
            lastIncomingNanos = board.nanoTime();
            text(text.text());
        } else if (message instanceof WebSocketMessage.Binary binary) {
            lastIncomingNanos = board.nanoTime();
            conversation.audio(wire.takeAudio(binary));
        } else if (message instanceof WebSocketMessage.Ping ping) {
            wire.answer(ping);
        } else if (message instanceof WebSocketMessage.Close) {
            closedByServer();
        } else if (message instanceof WebSocketMessage.Skipped skipped) {
            board.log(LogLevel.ERROR, "WebSocket", skipped.text());
        } else if (message instanceof WebSocketMessage.Broken broken) {
            board.log(LogLevel.ERROR, "WebSocket", broken.text());
            close(FailureReason.CONNECTION_LOST, null);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void text(String text) {
        JsonMessage message = wire.parse(text);
        if (message == null) {
            return;
        }
        if (message.type().equals("hello")) {
            ServerHello hello = wire.acceptHello(message);
            if (hello != null) {
                conversation.renew(hello);
            }
        } else {
            conversation.received(message);
        }
    }

    private void closedByServer() {
        DeviceProfile profile = board.config().profile();
        board.log(LogLevel.INFO, "WS", "Websocket disconnected");
        if (profile.frames().answersClose()) {
            wire.answerClose();
        }
        close(FailureReason.CLOSED_BY_SERVER, null);
    }

    @Override
    public void lost(@Nullable Throwable cause) {
        LossLines.log(board, cause);
        board.log(LogLevel.INFO, "WS", "Websocket disconnected");
        if (cause == null) {
            close(FailureReason.CLOSED_BY_SERVER, null);
        } else {
            close(FailureReason.CONNECTION_LOST, LossLines.code(cause));
        }
    }

    @Override
    public void sendJson(String type, @Nullable String state, String json) {
        wire.sendJson(type, state, json);
    }

    @Override
    public void sendAudio(byte[] opus) {
        wire.sendAudio(opus);
    }

    @Override
    public DeviceState state() {
        return board.state();
    }

    @Override
    public void enter(DeviceState state) {
        board.enter(state);
    }

    @Override
    public void emit(DeviceEvent event) {
        board.emit(event);
    }

    @Override
    public void log(LogLevel level, String tag, String message) {
        board.log(level, tag, message);
    }

    @Override
    public long nanoTime() {
        return board.nanoTime();
    }

    @Override
    public Future<?> schedule(Runnable task, Duration delay) {
        return board.schedule(task, delay);
    }

    @Override
    public void reboot() {
        close(FailureReason.CLOSED_BY_USER, null);
    }
}
