package io.fieldloop.device.conversation;

import io.fieldloop.device.event.FailureReason;
import org.jspecify.annotations.Nullable;

/** An open way to the server, whatever transport carries it: JSON messages and audio out, and to whom goes what comes in. */
public interface MessageChannel {

    /** From now on {@code sink} hears what arrives. */
    void handTo(MessageSink sink);

    /** Sends a JSON text message and reports it; one that does not fit the client is logged and dropped, as there. */
    void sendJson(String type, @Nullable String state, String json);

    /** Sends one Opus packet, framed for the device's protocol version. */
    void sendAudio(byte[] opus);

    /** Reads what the server says, in the transport's own words where something is wrong with it. */
    MessageReader reader();

    /** Prints what the application prints when it hears that the connection is over. */
    void logDisconnected();

    /** Whether the connection stays open when the server has said that it closes, until the next attempt or the user's end of it. */
    boolean survivesClose();

    /** Leaves the channel as the device does for that reason; nothing is heard of it any more. */
    void drop(FailureReason reason);
}
