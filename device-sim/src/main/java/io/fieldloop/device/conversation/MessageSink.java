package io.fieldloop.device.conversation;

import org.jspecify.annotations.Nullable;

/** Receives what comes over a {@link MessageChannel}: the attempt at first, then the open channel, then none. */
public interface MessageSink {

    /** Takes nothing. */
    MessageSink NOBODY = new MessageSink() {
        @Override
        public void received(@Nullable JsonMessage message) {}

        @Override
        public void lost(@Nullable String code) {}
    };

    /** A text message arrived; null, logged, when it had no type. */
    void received(@Nullable JsonMessage message);

    /** One packet of the server's audio arrived; negative bytes when it could not be read. */
    default void audio(long opusBytes) {}

    /** The server said that it closes the channel. */
    default void closed() {}

    /** The server broke the transport's rules, which is logged, and the client reads no further. */
    default void broken() {}

    /**
     * The connection is gone. Called once.
     *
     * @param code what the receive task logs; null when the peer closed in good order
     */
    void lost(@Nullable String code);
}
