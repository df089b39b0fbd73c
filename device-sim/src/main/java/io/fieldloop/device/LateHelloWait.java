package io.fieldloop.device;

import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.websocket.WebSocketMessage;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose hello did not come in time, still open until the next attempt deletes it.
 *
 * <p>A hello that arrives here sets the event bit nobody clears, and so satisfies the next attempt (protocol reference 1.5).
 */
final class LateHelloWait implements WireSink {

    private final Board board;
    private final Wire wire;
    private @Nullable ServerHello hello;

    LateHelloWait(Board board, Wire wire) {
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
    ServerHello end() {
        wire.drop();
        return hello;
    }
}
