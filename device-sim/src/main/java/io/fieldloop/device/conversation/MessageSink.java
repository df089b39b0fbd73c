package io.fieldloop.device.conversation;

import io.fieldloop.device.event.FailureReason;
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

    /** The client gives the connection up, which is logged: the server broke the transport's rules, or does not answer. */
    default void broken(FailureReason reason) {}

    /**
     * The connection is gone. Called once.
     *
     * @param code what the receive task logs; null when the peer closed in good order
     */
    void lost(@Nullable String code);
}
