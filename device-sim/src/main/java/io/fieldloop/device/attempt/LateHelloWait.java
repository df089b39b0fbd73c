package io.fieldloop.device.attempt;

import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.MessageSink;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose hello did not come in time, or that the server closed in words only, still open until the next attempt deletes it.
 *
 * <p>A hello that arrives here sets the event bit nobody clears, and so satisfies the next attempt (protocol reference 1.5).
 */
public final class LateHelloWait implements MessageSink {

    private final MessageChannel channel;
    private final boolean connected;
    private @Nullable ServerHello hello;

    /** @param connected whether the client still counts the connection as one, and so logs its end */
    public LateHelloWait(MessageChannel channel, boolean connected) {
        this.channel = channel;
        this.connected = connected;
        channel.handTo(this);
    }

    @Override
    public void received(@Nullable JsonMessage message) {
        if (message != null && message.type().equals("hello")) {
            ServerHello late = channel.reader().hello(message);
            hello = late == null ? hello : late;
        }
    }

    @Override
    public void lost(@Nullable String code) {
        if (connected) {
            channel.logDisconnected();
        }
    }

    /** Drops the connection and says whether its hello came after all. */
    public @Nullable ServerHello end() {
        channel.drop(FailureReason.CLOSED_BY_USER);
        return hello;
    }
}
