package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.session.ChannelLink;
import io.fieldloop.server.session.DeviceIdentity;
import io.fieldloop.server.session.Session;
import io.fieldloop.server.session.SessionRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries a session in the frames of one upgraded connection. */
final class WebSocketLink extends SimpleChannelInboundHandler<WebSocketFrame> implements ChannelLink {
    private final EventExecutor loop;
    private final Connection connection;
    private final Session session;
    private @Nullable ChannelHandlerContext ctx;
    private boolean paused;

    private WebSocketLink(
            EventExecutor loop, Connection connection, DeviceIdentity identity, SessionRegistry sessions) {
        super(WebSocketFrame.class);
        this.loop = loop;
        this.connection = connection;
        this.session = sessions.newSession(this, identity);
    }

    /** Puts the codec and a session behind it at the end of the pipeline. */
    static WebSocketLink install(
            ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity, SessionRegistry sessions) {
        int messageBytesMax = sessions.config().messageBytesMax();
        WebSocketDecoderConfig frames = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .maxFramePayloadLength(messageBytesMax)
                .closeOnProtocolViolation(false)
                .build();
        ChannelPipeline pipeline = ctx.pipeline();
        String last = PipelineSlots.LAST_RESORT;
        pipeline.addBefore(last, PipelineSlots.FRAME_DECODER, new WebSocket13FrameDecoder(frames));
        pipeline.addBefore(last, PipelineSlots.FRAME_ENCODER, new WebSocket13FrameEncoder(false));
        pipeline.addBefore(last, PipelineSlots.UTF8_CHECK, new TextCheck());
        pipeline.addBefore(last, PipelineSlots.MESSAGE_AGGREGATOR, new WebSocketFrameAggregator(messageBytesMax));
        WebSocketLink link = new WebSocketLink(ctx.executor(), connection, identity, sessions);
        pipeline.addBefore(last, PipelineSlots.SESSION, link);
        return link;
    }

    /** Starts the session; called once the codec is in place. */
    void begin() {
        DeviceIdentity identity = session.identity();
        connection.emit(new GatewayEvent.Upgraded(
                connection.id(),
                identity.deviceId(),
                identity.clientId(),
                identity.path(),
                identity.protocolVersion()));
        session.begin();
    }

    Session session() {
        return session;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            session.text(text.text());
        } else if (frame instanceof BinaryWebSocketFrame) {
            session.binary(frame.content());
        } else if (frame instanceof PingWebSocketFrame) {
            if (session.answersPing()) {
                context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
        } else if (frame instanceof PongWebSocketFrame) {
            session.pong();
        } else if (frame instanceof CloseWebSocketFrame close) {
            closedByDevice(context, close);
        }
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
        session.end(CloseReason.DEVICE_DROPPED, null);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            failFor(context, corrupted.closeStatus());
        } else if (cause instanceof TooLongFrameException) {
            failFor(context, WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else if (cause instanceof IOException || cause instanceof PrematureChannelClosureException) {
            // The second comes from the aggregator, where the device left in the middle of a message.
            session.end(CloseReason.CONNECTION_LOST, null);
            context.close();
        } else {
            session.failed(cause);
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public EventExecutor loop() {
        return loop;
    }

    @Override
    public void sendText(String text) {
        context().writeAndFlush(new TextWebSocketFrame(text));
    }

    @Override
    public void sendBinary(ByteBuf message) {
        context().writeAndFlush(new BinaryWebSocketFrame(message));
    }

    @Override
    public void sendPing(int payload) {
        context()
                .writeAndFlush(
                        new PingWebSocketFrame(context().alloc().buffer(4).writeInt(payload)));
    }

    @Override
    public void sayGoodbye(int code, String text, Duration answerLimit) {
        context().writeAndFlush(new CloseWebSocketFrame(code, text));
        loop.schedule(() -> context().close(), answerLimit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void stopReading() {
        paused = true;
        ChannelLink.super.stopReading();
    }

    private void closedByDevice(ChannelHandlerContext context, CloseWebSocketFrame close) {
        if (!session.over()) {
            int code = close.statusCode();
            session.end(CloseReason.DEVICE_CLOSED, code < 0 ? 1005 : code);
            context.writeAndFlush(new CloseWebSocketFrame(code < 0 ? 1000 : code, ""));
        }
        context.close();
    }

    /**
     * The decoder reads nothing after bytes it cannot follow, the device's close frame neither, so nobody waits for
     * that (RFC 6455, 7.1.7).
     */
    private void failFor(ChannelHandlerContext context, WebSocketCloseStatus status) {
        if (!session.over()) {
            ChannelFuture told = context.writeAndFlush(new CloseWebSocketFrame(status.code(), status.reasonText()));
            session.end(reason(status), status.code());
            told.addListener(written -> LingeringClose.close(context, connection.secured()));
        }
    }

    private static CloseReason reason(WebSocketCloseStatus status) {
        if (status.code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
            return CloseReason.MESSAGE_TOO_BIG;
        }
        return status.code() == WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code()
                ? CloseReason.INVALID_UTF8
                : CloseReason.PROTOCOL_ERROR;
    }

    @Override
    public String encoderSlot() {
        return PipelineSlots.FRAME_ENCODER;
    }

    @Override
    public ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("The session is not in a pipeline yet");
        }
        return ctx;
    }
}
