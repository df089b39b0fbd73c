package io.fieldloop.server.session;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.tls.TlsRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;

/**
 * What carries a session: one transport's way to send, to end, and to misbehave where a fault asks for it.
 *
 * <p>All of it belongs to the device's own event loop.
 */
public interface DeviceLink {
    Connection connection();

    EventExecutor loop();

    ByteBufAllocator allocator();

    boolean isOpen();

    void sendText(String text);

    /** Sends a message of bytes, and releases it. */
    void sendBinary(ByteBuf message);

    void sendPing(int payload);

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
