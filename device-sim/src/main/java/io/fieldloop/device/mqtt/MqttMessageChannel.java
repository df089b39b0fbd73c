package io.fieldloop.device.mqtt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.MessageReader;
import io.fieldloop.device.conversation.MessageSink;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.voice.VoiceSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An audio channel of an MQTT device: messages go over the connection to the broker, which outlives it, and voice over UDP. */
final class MqttMessageChannel implements MessageChannel {

    private final DeviceContext context;
    private final MqttProtocol protocol;
    private final @Nullable VoiceSocket voice;

    /** @param voice null where no channel is open and only messages pass */
    MqttMessageChannel(DeviceContext context, MqttProtocol protocol, @Nullable VoiceSocket voice) {
        this.context = context;
        this.protocol = protocol;
        this.voice = voice;
    }

    @Override
    public void handTo(MessageSink sink) {
        protocol.handTo(sink);
    }

    /** A message that cannot be sent is an error, and with an error a channel does not count as open any more. */
    @Override
    public void sendJson(String type, @Nullable String state, String json) {
        if (protocol.publish(json)) {
            context.emit(new DeviceEvent.MessageSent(type, state));
        } else if (voice != null) {
            MessageSink told = protocol.sink();
            context.schedule(() -> told.broken(FailureReason.CONNECTION_LOST), Duration.ZERO);
        }
    }

    @Override
    public void sendAudio(byte[] opus) {
        if (voice != null) {
            voice.send(opus);
        }
    }

    @Override
    public MessageReader reader() {
        return protocol.reader();
    }

    @Override
    public void logDisconnected() {}

    @Override
    public boolean survivesClose() {
        return false;
    }

    /** CloseAudioChannel(). One that timed out or had an error is not closed but left behind, which the server is not told. */
    @Override
    public void drop(FailureReason reason) {
        protocol.handTo(null);
        if (voice != null) {
            voice.close();
        }
        boolean byServer = reason == FailureReason.CLOSED_BY_SERVER;
        if (!byServer && reason != FailureReason.CLOSED_BY_USER) {
            return;
        }
        boolean old = context.profile().mqtt().obeysAnyGoodbye();
        boolean goodbye = old || !byServer;
        if (!old) {
            context.log(LogLevel.INFO, MqttLines.PROTOCOL, "Closing audio channel, send_goodbye: " + (goodbye ? 1 : 0));
        }
        if (goodbye) {
            sendJson(
                    "goodbye", null, "{\"session_id\":\"" + protocol.reader().sessionId() + "\",\"type\":\"goodbye\"}");
        }
    }
}
