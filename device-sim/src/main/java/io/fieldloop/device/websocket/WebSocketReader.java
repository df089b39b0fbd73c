package io.fieldloop.device.websocket;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.MessageReader;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import org.jspecify.annotations.Nullable;

/** Reads what the server says as the firmware's WebsocketProtocol does. */
record WebSocketReader(DeviceContext context) implements MessageReader {

    @Override
    public @Nullable JsonMessage read(String text) {
        JsonMessage message = JsonMessage.parse(text);
        if (message == null) {
            context.log(LogLevel.ERROR, WebSocketClient.TAG, "Missing message type, data: " + text);
        } else {
            context.emit(new DeviceEvent.MessageReceived(message.type(), message.state()));
        }
        return message;
    }

    @Override
    public @Nullable ServerHello hello(JsonMessage message) {
        ServerHello hello = ServerHello.of(message.body());
        if (!WebSocketClient.TRANSPORT.equals(hello.transport())) {
            context.log(
                    LogLevel.ERROR,
                    WebSocketClient.TAG,
                    "Unsupported transport: " + (hello.transport() == null ? "(null)" : hello.transport()));
            return null;
        }
        if (!hello.sessionId().isEmpty()) {
            context.log(LogLevel.INFO, WebSocketClient.TAG, "Session ID: " + hello.sessionId());
        }
        return hello;
    }
}
