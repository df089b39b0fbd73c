package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.tls.TlsRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What carries a session: one transport's way to send, to end, and to misbehave where a fault asks for it.
 *
 * <p>All of it belongs to the device's own event loop.
 */
public interface DeviceLink {
    Connection connection();

    default Transport transport() {
        return Transport.WEBSOCKET;
    }

    EventExecutor loop();

    ByteBufAllocator allocator();

    boolean isOpen();

    void sendText(String text);

    /** Sends a message of bytes, and releases it. */
    void sendBinary(ByteBuf message);

    /** Sends one packet of audio in its framing, and releases it. */
    default void sendAudio(ByteBuf packet, long timestampMillis) {
        sendBinary(packet);
    }

    /** Opens what audio travels on beside messages, and adds to the gateway's hello what a device needs to know of it. */
    default void openAudio(ObjectNode hello) {}

    /** Counts packets of audio from another number than it would, because a fault asks for that. */
    default void countVoiceFrom(long first) {}

    /** Nobody speaks or listens any more. */
    default void closeAudio() {}

    void sendPing(int payload);

    /** The number that its goodbye carries for a close code of RFC 6455, or null where it carries none. */
    default @Nullable Integer goodbyeCode(int code) {
        return code;
    }

    /** Says in the transport's own words that this is the end, and closes when the device had so long to answer. */
    void sayGoodbye(int code, String text, Duration answerLimit);

    /** Closes in order without another word. */
    void close();

    void stopReading();

    /** Sends bytes where the transport's own framing belongs, inside TLS where there is TLS. */
    void sendRaw(byte[] bytes);

    void askTls(TlsRequest request);

    /** Ends the connection in order below TLS, so that TLS does not notice. */
    void truncate();
}
