package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.websocket.AudioFraming;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One upgraded connection: frames in and out, time limits, and an end that is reported once with its reason. */
final class Session extends SimpleChannelInboundHandler<WebSocketFrame> implements DeviceLink {
    private final Connection connection;
    private final DeviceIdentity identity;
    private final SessionRegistry sessions;
    private final String sessionId;
    private final Instant since;
    private final long openedNanos;
    private final SessionTimers timers;
    private final Conversation conversation;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Keepalive keepalive;
    private long lastInputNanos;
    private long lastOutputNanos;
    private boolean over;
    private boolean paused;
    private volatile String state = "connected";

    Session(EventExecutor loop, Connection connection, DeviceIdentity identity, SessionRegistry sessions) {
        super(WebSocketFrame.class);
        this.connection = connection;
        this.identity = identity;
        this.sessions = sessions;
        this.sessionId = sessions.newSessionId();
        this.since = connection.now();
        this.openedNanos = connection.nanoTime();
        this.lastInputNanos = openedNanos;
        this.lastOutputNanos = openedNanos;
        AudioFraming framing = sessions.hardened()
                ? AudioFraming.forVersion(identity.protocolVersion()).orElse(AudioFraming.V1)
                : AudioFraming.V1;
        this.conversation = new Conversation(this, sessions.config(), sessions.stance(), sessions.reply(), framing);
        this.timers = new SessionTimers(loop, this::noteState, failure -> exceptionCaught(context(), failure));
    }

    /** A view for other threads. */
    SessionSnapshot snapshot() {
        return new SessionSnapshot(
                connection.id(),
                sessionId,
                identity.deviceId(),
                identity.clientId(),
                connection.source(),
                connection.listener(),
                identity.protocolVersion(),
                state,
                conversation.tools(),
                since);
    }

    /** Starts the conversation; called once the frame codec is in place. */
    void begin() {
        connection.emit(new GatewayEvent.Upgraded(
                connection.id(),
                identity.deviceId(),
                identity.clientId(),
                identity.path(),
                identity.protocolVersion()));
        if (sessions.hardened()) {
            after(sessions.helloLimit(), this::helloDue);
        }
        watchIdle(sessions.config().idle());
        if (sessions.config().ping() != null) {
            keepalive = new Keepalive(this, sessions.config().ping(), this::sendPing);
            keepalive.begin();
        }
        new SessionFaults(connection, this, context().channel()).arm();
        conversation.begin();
    }

    /** Says this one text and closes with 1000. */
    void dismiss(String text, CloseReason reason) {
        sendText(text);
        close(1000, "", reason);
    }

    /** Reads nothing more, for good. */
    void pauseReading() {
        paused = true;
        context().channel().config().setAutoRead(false);
    }

    /** How long this side has sent nothing, pings included. */
    Duration quiet() {
        return Duration.ofNanos(connection.nanoTime() - lastOutputNanos);
    }

    /** Runs on the connection's loop, at once when already there. */
    void onLoop(Runnable action) {
        if (context().executor().inEventLoop()) {
            action.run();
        } else {
            context().executor().execute(action);
        }
    }

    CompletableFuture<JsonNode> callTool(String tool, ObjectNode arguments) {
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        onLoop(() -> conversation.callTool(tool, arguments).whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (over && !(frame instanceof CloseWebSocketFrame)) {
            return;
        }
        if (frame instanceof TextWebSocketFrame text) {
            lastInputNanos = connection.nanoTime();
            conversation.text(text.text());
        } else if (frame instanceof BinaryWebSocketFrame) {
            lastInputNanos = connection.nanoTime();
            conversation.audio(frame.content());
        } else if (frame instanceof PingWebSocketFrame) {
            pinged(frame.content());
        } else if (frame instanceof PongWebSocketFrame) {
            ponged();
        } else if (frame instanceof CloseWebSocketFrame close) {
            closedByDevice(close);
        }
        noteState();
    }

    /** Takes nothing in while the device does not take out, so that it cannot fill the gateway's memory with its own pongs. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!paused) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(CloseReason.DEVICE_DROPPED, null);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            failFor(corrupted.closeStatus());
        } else if (cause instanceof TooLongFrameException) {
            failFor(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else if (cause instanceof IOException) {
            end(CloseReason.CONNECTION_LOST, null);
            context.close();
        } else {
            connection.emit(new GatewayEvent.ProtocolError(
                    connection.id(), GatewayEvent.ProtocolError.Reason.INTERNAL_ERROR, cause.toString()));
            close(1011, "internal error", CloseReason.INTERNAL_ERROR);
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public void greeted() {
        sessions.greeted(connection);
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public void send(ObjectNode message) {
        message.put("session_id", sessionId);
        String state = message.path("state").isTextual() ? message.path("state").asText() : null;
        sendText(message.toString());
        connection.emit(new GatewayEvent.MessageSent(
                connection.id(), message.path("type").asText(), state));
    }

    @Override
    public void sendText(String text) {
        write(new TextWebSocketFrame(text));
    }

    @Override
    public void sendAudio(byte[] packet) {
        long timestampMillis = TimeUnit.NANOSECONDS.toMillis(connection.nanoTime() - openedNanos);
        write(new BinaryWebSocketFrame(conversation.framing().encode(context().alloc(), packet, timestampMillis)));
    }

    @Override
    public Future<?> after(Duration delay, Runnable action) {
        return timers.after(delay, action);
    }

    @Override
    public void close(int code, String text, CloseReason reason) {
        if (over || !context().channel().isActive()) {
            return;
        }
        // First, because in one process the answer arrives while the frame is being written.
        end(reason, code);
        write(new CloseWebSocketFrame(code, text));
        context()
                .executor()
                .schedule(
                        () -> context().close(),
                        sessions.config().closeTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** Reports the end without a close frame; the caller ends the connection. */
    void end(CloseReason reason, @Nullable Integer code) {
        if (over) {
            return;
        }
        over = true;
        timers.end();
        conversation.end();
        sessions.forget(connection.id());
        Duration lasted = Duration.ofNanos(connection.nanoTime() - openedNanos);
        connection.emit(new GatewayEvent.SessionClosed(connection.id(), reason.by(), reason, code, lasted));
    }

    private void noteState() {
        state = conversation.state();
    }

    private void closedByDevice(CloseWebSocketFrame close) {
        if (!over) {
            int code = close.statusCode();
            end(CloseReason.DEVICE_CLOSED, code < 0 ? 1005 : code);
            write(new CloseWebSocketFrame(code < 0 ? 1000 : code, ""));
        }
        context().close();
    }

    /** The decoder reads nothing after bytes it cannot follow, the device's close frame neither, so nobody waits for that (RFC 6455, 7.1.7). */
    private void failFor(WebSocketCloseStatus status) {
        if (!over) {
            ChannelFuture told = write(new CloseWebSocketFrame(status.code(), status.reasonText()));
            end(CloseReason.of(status), status.code());
            told.addListener(written -> LingeringClose.close(context(), connection.secured()));
        }
    }

    private void pinged(ByteBuf payload) {
        connection.emit(new GatewayEvent.PingReceived(connection.id()));
        Optional<FaultAction.IgnorePings> deaf = connection.fault(FaultAction.IgnorePings.class);
        if (deaf.isPresent()) {
            connection.applied(deaf.get());
        } else {
            write(new PongWebSocketFrame(payload.retain()));
        }
    }

    private void ponged() {
        connection.emit(new GatewayEvent.PongReceived(connection.id()));
        if (keepalive != null) {
            keepalive.pong();
        }
    }

    private void sendPing() {
        // First, because in one process the pong arrives while the ping is being written.
        connection.emit(new GatewayEvent.PingSent(connection.id()));
        write(new PingWebSocketFrame(
                context().alloc().buffer(4).writeInt(connection.random().nextInt())));
    }

    private void helloDue() {
        if (!conversation.greeted()) {
            sessions.refusedLate(connection, RefusalReason.HELLO_TIMEOUT);
            close(1002, "no hello", CloseReason.HELLO_TIMEOUT);
        }
    }

    private void watchIdle(Duration left) {
        after(left, () -> {
            long quietNanos = connection.nanoTime() - lastInputNanos;
            long leftNanos = sessions.config().idle().toNanos() - quietNanos;
            if (leftNanos <= 0) {
                close(1000, "idle", CloseReason.IDLE);
            } else {
                watchIdle(Duration.ofNanos(leftNanos));
            }
        });
    }

    private ChannelFuture write(WebSocketFrame frame) {
        lastOutputNanos = connection.nanoTime();
        return context().writeAndFlush(frame);
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("The session is not in a pipeline yet");
        }
        return ctx;
    }
}
