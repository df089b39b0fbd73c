package io.fieldloop.device.websocket;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.AudioFraming;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/** An upgraded connection: frames out, and the reading of text messages that is the same before and after the hello. */
public final class WebSocketConnection {

    private static final int NORMAL_CLOSURE = 1000;

    private final DeviceContext board;
    private final Channel channel;
    private final WebSocketHandler handler;
    private final FrameWriter frames;
    private final AudioFraming framing;

    public WebSocketConnection(DeviceContext board, Channel channel, WebSocketHandler handler, FrameWriter frames) {
        this.board = board;
        this.channel = channel;
        this.handler = handler;
        this.frames = frames;
        this.framing = new AudioFraming(board.config().protocolVersion());
    }

    public void handTo(MessageSink sink) {
        handler.handTo(sink);
    }

    /** Sends a JSON text message; one too long for the firmware's frame is logged and dropped, as there. */
    public void sendJson(String type, @Nullable String state, String json) {
        if (ByteBufUtil.utf8Bytes(json) > FrameWriter.PAYLOAD_BYTES_MAX) {
            board.log(LogLevel.ERROR, "WebSocket", "Data too large, maximum supported size is 65535 bytes");
            board.log(LogLevel.ERROR, "WS", "Failed to send text: " + json);
            return;
        }
        board.emit(new DeviceEvent.MessageSent(type, state));
        channel.writeAndFlush(frames.text(json));
    }

    public void sendAudio(byte[] opus) {
        channel.writeAndFlush(frames.binary(framing.wrap(channel.alloc(), opus)));
    }

    /** How many Opus bytes a binary message brought; negative when it is too short for its framing. Releases it. */
    public long takeAudio(WebSocketMessage.Binary binary) {
        try {
            return framing.opusBytes(binary.content());
        } finally {
            binary.release();
        }
    }

    /** Answers a ping with its own payload, unless that is longer than a control frame may be. Releases it. */
    public void answer(WebSocketMessage.Ping ping) {
        int bytes = ping.content().readableBytes();
        if (bytes > FrameWriter.CONTROL_BYTES_MAX) {
            ping.release();
        } else {
            channel.writeAndFlush(frames.pong(ping.content()));
            board.emit(new DeviceEvent.PongSent(bytes));
        }
    }

    public void answerClose() {
        channel.writeAndFlush(frames.close(NORMAL_CLOSURE)).addListener(ChannelFutureListener.CLOSE);
    }

    /** The message, reported; or null, logged, when it has no type. */
    @Nullable
    public JsonMessage parse(String text) {
        JsonMessage message = JsonMessage.parse(text);
        if (message == null) {
            board.log(LogLevel.ERROR, "WS", "Missing message type, data: " + text);
        } else {
            board.emit(new DeviceEvent.MessageReceived(message.type(), message.state()));
        }
        return message;
    }

    /** The server's hello, or null, logged, when the device does not speak its transport. */
    @Nullable
    public ServerHello acceptHello(JsonMessage message) {
        ServerHello hello = ServerHello.of(message.body());
        if (!hello.isUsable()) {
            String transport = hello.transport() == null ? "(null)" : hello.transport();
            board.log(LogLevel.ERROR, "WS", "Unsupported transport: " + transport);
            return null;
        }
        if (!hello.sessionId().isEmpty()) {
            board.log(LogLevel.INFO, "WS", "Session ID: " + hello.sessionId());
        }
        return hello;
    }

    /** Drops the connection as the device does: no close frame. */
    public void drop() {
        handler.handTo(MessageSink.NOBODY);
        channel.close();
    }
}
