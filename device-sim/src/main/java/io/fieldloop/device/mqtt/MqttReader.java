package io.fieldloop.device.mqtt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.MessageReader;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.voice.VoiceFlow;
import io.fieldloop.device.voice.VoiceOffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server says as the firmware's MqttProtocol does.
 *
 * <p>A hello changes key, sequences and place of voice whenever it is read, also in the middle of a session (ParseServerHello()).
 */
final class MqttReader implements MessageReader {

    private static final String TRANSPORT = "udp";

    private final DeviceContext context;
    private final VoiceFlow flow;
    private String sessionId = "";
    private @Nullable VoiceOffer offer;

    MqttReader(DeviceContext context, VoiceFlow flow) {
        this.context = context;
        this.flow = flow;
    }

    /** Of the last hello; empty since the device said its own. */
    String sessionId() {
        return sessionId;
    }

    void forgetSession() {
        sessionId = "";
    }

    /** Where the last hello invites to voice. */
    @Nullable
    VoiceOffer offer() {
        return offer;
    }

    @Override
    public @Nullable JsonMessage read(String text) {
        JsonMessage message = JsonMessage.parse(text);
        if (message != null) {
            context.emit(new DeviceEvent.MessageReceived(message.type(), message.state()));
        } else if (JsonMessage.isJson(text)) {
            error("Message type is invalid");
        } else {
            error("Failed to parse json message " + text);
        }
        return message;
    }

    @Override
    public @Nullable ServerHello hello(JsonMessage message) {
        ServerHello hello = ServerHello.of(message.body());
        if (!TRANSPORT.equals(hello.transport())) {
            error("Unsupported or missing transport");
            return null;
        }
        if (!hello.sessionId().isEmpty()) {
            sessionId = hello.sessionId();
            context.log(LogLevel.INFO, MqttLines.PROTOCOL, "Session ID: " + sessionId);
        }
        try {
            VoiceOffer next = VoiceOffer.of(message.body().path("udp"));
            offer = next;
            flow.rekey(next);
            return hello;
        } catch (IllegalArgumentException unusable) {
            error(String.valueOf(unusable.getMessage()));
            return null;
        }
    }

    private void error(String line) {
        context.log(LogLevel.ERROR, MqttLines.PROTOCOL, line);
    }
}
