package io.fieldloop.device.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.DefaultByteBufHolder;

/** What the decoder passes on: the verdict on the upgrade, then one of these per message or control frame. */
public sealed interface WebSocketMessage {

    /** The answer to the upgrade request was complete; frames follow only after an accepted one. */
    record Answered(UpgradeVerdict verdict) implements WebSocketMessage {}

    /** A whole text message. */
    record Text(String text) implements WebSocketMessage {}

    /** A whole binary message; whoever takes it releases it. */
    final class Binary extends DefaultByteBufHolder implements WebSocketMessage {
        public Binary(ByteBuf payload) {
            super(payload);
        }

        @Override
        public ByteBufHolder replace(ByteBuf content) {
            return new Binary(content);
        }
    }

    /** A ping; whoever takes it releases it. */
    final class Ping extends DefaultByteBufHolder implements WebSocketMessage {
        public Ping(ByteBuf payload) {
            super(payload);
        }

        @Override
        public ByteBufHolder replace(ByteBuf content) {
            return new Ping(content);
        }
    }

    /** An answer to one of the client's own pings. */
    record Pong() implements WebSocketMessage {}

    /** A close frame; the firmware looks at neither code nor reason. */
    record Close(int code) implements WebSocketMessage {}

    /** Something was wrong, was skipped, and reading goes on; the text is the line the client logs. */
    record Skipped(String text) implements WebSocketMessage {}

    /** The stream cannot be read any further; a client that says why does so with the close code. */
    record Broken(String text, int closeCode) implements WebSocketMessage {}
}
