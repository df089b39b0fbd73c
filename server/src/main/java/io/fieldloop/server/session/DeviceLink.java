package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.event.CloseReason;
import io.netty.util.concurrent.Future;
import java.time.Duration;

/** The way from a conversation to its device: messages, audio, an end, and time that passes on the device's own loop. */
interface DeviceLink {
    Connection connection();

    String sessionId();

    /** The device has said a proper hello. */
    void greeted();

    /** Sends a message and reports it; the session id is added. */
    void send(ObjectNode message);

    /** Sends a text as it is and reports nothing. */
    void sendText(String text);

    void sendAudio(byte[] packet);

    /** Closes with a close frame; the first reason wins. */
    void close(int code, String text, CloseReason reason);

    Future<?> after(Duration delay, Runnable action);
}
