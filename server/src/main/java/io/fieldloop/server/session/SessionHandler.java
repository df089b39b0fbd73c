package io.fieldloop.server.session;

import io.netty.buffer.ByteBuf;

/**
 * Talks with one device; the gateway's own is the xiaozhi conversation, and whoever embeds the gateway may bring another.
 *
 * <p>The session around it keeps the limits, counts, reports and ends. Everything is called on the device's event loop, so nothing here
 * may block.
 */
public interface SessionHandler {
    /** The device is there and may be spoken to. */
    default void begin() {}

    /** A text message. */
    void text(String text);

    /** A message of bytes, which is released when the call returns; retain it to send it on. */
    void binary(ByteBuf message);

    /** The session is over; nothing can be sent any more. */
    default void end() {}
}
