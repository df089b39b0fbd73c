package io.fieldloop.device.conversation;

import org.jspecify.annotations.Nullable;

/** Reads the server's JSON messages as the firmware's protocol class of one transport does, the same before and after the hello. */
public interface MessageReader {

    /** The message, reported; or null, logged, when it has no type. */
    @Nullable
    JsonMessage read(String text);

    /** The server's hello; or null, logged, when this transport can make nothing of it. */
    @Nullable
    ServerHello hello(JsonMessage message);
}
