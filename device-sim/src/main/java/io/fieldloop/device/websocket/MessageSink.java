package io.fieldloop.device.websocket;

import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Whoever is currently interested in a device's connection: the attempt, then the open channel, then nobody. */
public interface MessageSink {

    /** Takes nothing and gives everything back to its pool. */
    MessageSink NOBODY = new MessageSink() {
        @Override
        public void received(WebSocketMessage message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void lost(@Nullable Throwable cause) {}
    };

    /** A message arrived; whoever takes it releases it. */
    void received(WebSocketMessage message);

    /** A handler announced something, such as the end of its TLS handshake. */
    default void announced(Object event) {}

    /** The connection is gone: closed by the peer when the cause is null. Called once. */
    void lost(@Nullable Throwable cause);
}
