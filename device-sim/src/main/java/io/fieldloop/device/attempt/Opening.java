package io.fieldloop.device.attempt;

import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.MessageSink;
import io.fieldloop.device.event.FailureReason;
import org.jspecify.annotations.Nullable;

/** Who waits for a {@link TransportClient} to be let in, and until the hello hears what arrives. */
public interface Opening extends MessageSink {

    /** The peer let it in, and the channel is opened with a hello. */
    void opened(MessageChannel channel);

    /** The peer let it in, and the connection was all that was wanted. */
    void letIn();

    /** The peer did not; {@code status} is that of its answer, such as an HTTP status. */
    void refused(FailureReason reason, @Nullable Integer status);

    /** The peer sent this client, which follows, to another place. */
    void redirected(String location);
}
