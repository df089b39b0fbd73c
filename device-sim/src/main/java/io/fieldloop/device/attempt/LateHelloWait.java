package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.websocket.MessageSink;
import io.fieldloop.device.websocket.WebSocketConnection;
import io.fieldloop.device.websocket.WebSocketMessage;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose hello did not come in time, still open until the next attempt deletes it.
 *
 * <p>A hello that arrives here sets the event bit nobody clears, and so satisfies the next attempt (protocol reference 1.5).
 */
public final class LateHelloWait implements MessageSink {

    private final DeviceContext board;
    private final WebSocketConnection wire;
    private @Nullable ServerHello hello;

    public LateHelloWait(DeviceContext board, WebSocketConnection wire) {
        this.board = board;
        this.wire = wire;
        wire.handTo(this);
    }

    @Override
    public void received(WebSocketMessage message) {
        if (message instanceof WebSocketMessage.Text text) {
            JsonMessage json = wire.parse(text.text());
            if (json != null && json.type().equals("hello")) {
                ServerHello late = wire.acceptHello(json);
                hello = late == null ? hello : late;
            }
        } else if (message instanceof WebSocketMessage.Ping ping) {
            wire.answer(ping);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void lost(@Nullable Throwable cause) {
        board.log(LogLevel.INFO, "WS", "Websocket disconnected");
    }

    /** Drops the connection and says whether its hello came after all. */
    @Nullable
    public ServerHello end() {
        wire.drop();
        return hello;
    }
}
