package io.fieldloop.device.conversation;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server's JSON messages as the firmware's protocol class does, the same before and after the hello.
 *
 * @param tag of the protocol class on the console, such as {@code WS}
 * @param transport the word in the server's hello that this device speaks
 */
public record MessageReader(DeviceContext context, String tag, String transport) {

    /** The message, reported; or null, logged, when it has no type. */
    public @Nullable JsonMessage read(String text) {
        JsonMessage message = JsonMessage.parse(text);
        if (message == null) {
            context.log(LogLevel.ERROR, tag, "Missing message type, data: " + text);
        } else {
            context.emit(new DeviceEvent.MessageReceived(message.type(), message.state()));
        }
        return message;
    }

    /** The server's hello, or null, logged, when it names another transport. */
    public @Nullable ServerHello hello(JsonMessage message) {
        ServerHello hello = ServerHello.of(message.body());
        if (!transport.equals(hello.transport())) {
            context.log(
                    LogLevel.ERROR,
                    tag,
                    "Unsupported transport: " + (hello.transport() == null ? "(null)" : hello.transport()));
            return null;
        }
        if (!hello.sessionId().isEmpty()) {
            context.log(LogLevel.INFO, tag, "Session ID: " + hello.sessionId());
        }
        return hello;
    }
}
