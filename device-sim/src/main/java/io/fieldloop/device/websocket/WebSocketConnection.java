package io.fieldloop.device.websocket;

import io.fieldloop.device.attempt.LossLines;
import io.fieldloop.device.attempt.Opening;
import io.fieldloop.device.attempt.SendStalled;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.AudioFraming;
import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.MessageReader;
import io.fieldloop.device.conversation.MessageSink;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.profile.FrameRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A WebSocket connection, last in a device's pipeline: asks for the upgrade, then carries messages and answers pings by itself. */
final class WebSocketConnection extends ChannelInboundHandlerAdapter implements MessageChannel {

    private static final int NO_STATUS = 1005;

    /** How long a client that answered a close frame leaves it to the server to end the connection (esp_websocket_client.c). */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final DeviceContext context;
    private final Channel channel;
    private final FrameWriter frames;
    private final AudioFraming framing;
    private final MessageReader reader;
    private final PingTimer pings;
    private MessageSink sink;
    private long requestedNanos;
    private boolean requested;
    private boolean closing;
    private boolean lost;

    WebSocketConnection(DeviceContext context, Channel channel, Opening opening, int protocolVersion) {
        this.context = context;
        this.channel = channel;
        this.sink = opening;
        this.frames = new FrameWriter(channel.alloc(), context.random());
        this.framing = new AudioFraming(protocolVersion);
        this.pings = new PingTimer(context, this, this::pongMissing);
        this.reader = new WebSocketReader(context);
    }

    void request(String upgrade) {
        requested = true;
        requestedNanos = context.nanoTime();
        channel.writeAndFlush(ByteBufUtil.writeUtf8(channel.alloc(), upgrade));
    }

    @Override
    public void handTo(MessageSink next) {
        sink = next;
    }

    @Override
    public void sendJson(String type, @Nullable String state, String json) {
        if (ByteBufUtil.utf8Bytes(json) > FrameWriter.PAYLOAD_BYTES_MAX) {
            context.log(LogLevel.ERROR, "WebSocket", "Data too large, maximum supported size is 65535 bytes");
            context.log(LogLevel.ERROR, WebSocketClient.TAG, "Failed to send text: " + json);
            return;
        }
        context.emit(new DeviceEvent.MessageSent(type, state));
        channel.writeAndFlush(frames.text(json));
    }

    @Override
    public void sendAudio(byte[] opus) {
        channel.writeAndFlush(frames.binary(framing.wrap(channel.alloc(), opus)));
    }

    @Override
    public MessageReader reader() {
        return reader;
    }

    @Override
    public void logDisconnected() {
        context.log(LogLevel.INFO, WebSocketClient.TAG, "Websocket disconnected");
    }

    @Override
    public void drop(FailureReason reason) {
        sink = MessageSink.NOBODY;
        pings.stop();
        if (!closing) {
            channel.close();
        }
    }

    @Override
    public boolean survivesClose() {
        return context.profile().frames().closeAnswer() == FrameRules.CloseAnswer.NONE;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (requested && sink != MessageSink.NOBODY && message instanceof WebSocketMessage arrived) {
                received(arrived);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void received(WebSocketMessage message) {
        if (message instanceof WebSocketMessage.Text text) {
            sink.received(reader.read(text.text()));
        } else if (message instanceof WebSocketMessage.Binary binary) {
            sink.audio(framing.opusBytes(binary.content()));
        } else if (message instanceof WebSocketMessage.Ping ping) {
            answer(ping.content());
        } else if (message instanceof WebSocketMessage.Pong) {
            pings.pong();
        } else if (message instanceof WebSocketMessage.Answered answered) {
            answered(answered.verdict());
        } else if (message instanceof WebSocketMessage.Close close) {
            closed(close.code());
        } else if (message instanceof WebSocketMessage.Skipped skipped) {
            context.log(LogLevel.ERROR, "WebSocket", skipped.text());
        } else if (message instanceof WebSocketMessage.Broken broken) {
            broken(broken);
        }
    }

    private void closed(int code) {
        switch (context.profile().frames().closeAnswer()) {
            case NONE -> {}
            case EMPTY -> sayClose(frames.close());
            case ECHO -> sayClose(code == NO_STATUS ? frames.close() : frames.close(code));
        }
        sink.closed();
    }

    private void sayClose(ByteBuf frame) {
        closing = true;
        pings.stop();
        channel.writeAndFlush(frame);
        context.schedule(channel::close, CLOSE_PATIENCE);
    }

    /** A strict client says why it reads no further (RFC 6455 section 7.1.7). */
    private void broken(WebSocketMessage.Broken broken) {
        context.log(LogLevel.ERROR, "WebSocket", broken.text());
        if (context.profile().frames().strict()) {
            channel.writeAndFlush(frames.close(broken.closeCode()));
        }
        sink.broken(FailureReason.CONNECTION_LOST);
    }

    private void pongMissing() {
        long seconds = context.profile().keepAlive().pongWithin().toSeconds();
        context.log(
                LogLevel.ERROR,
                "websocket_client",
                "Error, no PONG received for more than " + seconds + " seconds after PING");
        sink.broken(FailureReason.PONG_TIMEOUT);
    }

    void ping() {
        channel.writeAndFlush(frames.ping());
    }

    private void answered(UpgradeVerdict verdict) {
        FailureReason failure = verdict.failure();
        if (!(sink instanceof Opening opening)) {
            return;
        }
        if (failure == null) {
            context.emit(new DeviceEvent.Upgraded(context.since(requestedNanos)));
            pings.start();
            opening.opened(this);
        } else if (verdict.location() != null) {
            opening.redirected(verdict.location());
        } else {
            opening.refused(failure, verdict.status());
        }
    }

    /** Answers a ping with its own payload, unless that is longer than a control frame may be. */
    private void answer(ByteBuf payload) {
        int bytes = payload.readableBytes();
        if (bytes <= FrameWriter.CONTROL_BYTES_MAX) {
            channel.writeAndFlush(frames.pong(payload.retain()));
            context.emit(new DeviceEvent.PongSent(bytes));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SendStalled && !lost && requested && sink != MessageSink.NOBODY) {
            LossLines.logStalled(context, ctx.pipeline().get("tls") != null);
            if (context.profile().dialect().isXiaozhi()) {
                logDisconnected();
            }
            sink.broken(FailureReason.WRITE_TIMEOUT);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lose(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lose(cause);
        ctx.close();
    }

    /** Before the upgrade is asked for, the attempt hears of its end from TCP and TLS. */
    private void lose(@Nullable Throwable cause) {
        if (!lost && requested && sink != MessageSink.NOBODY) {
            LossLines.log(context, cause);
            sink.lost(cause == null ? null : LossLines.code(cause));
        }
        lost = true;
        pings.stop();
    }
}
