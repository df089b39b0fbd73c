package io.fieldloop.scenario.cli.serve;

import io.fieldloop.server.session.Session;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.session.SessionHandler;
import io.netty.buffer.ByteBuf;

/** Sends every message back, as the servers of WebSocket conformance suites do. */
record EchoSession(Session session) implements SessionHandler {
    /** The largest message of Autobahn's cases, and room to spare. */
    private static final int MESSAGE_BYTES_MAX = 1 << 24;

    static SessionConfig config() {
        return SessionConfig.builder().messageBytesMax(MESSAGE_BYTES_MAX).build();
    }

    @Override
    public void text(String text) {
        session.sendText(text);
    }

    @Override
    public void binary(ByteBuf message) {
        session.sendBinary(message.retain());
    }
}
