package io.fieldloop.server.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.session.ChannelLink;
import io.fieldloop.server.session.Transport;
import io.fieldloop.server.voice.VoiceFlow;
import io.fieldloop.server.voice.VoicePort;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Carries a session: messages in MQTT packets, audio in the datagrams of a flow that each hello opens. */
final class MqttLink implements ChannelLink {
    private final MqttClient client;
    private @Nullable VoicePort port;
    private @Nullable VoiceFlow flow;
    private long firstSequence = 1;

    MqttLink(MqttClient client) {
        this.client = client;
    }

    @Override
    public Connection connection() {
        return client.connection();
    }

    @Override
    public Transport transport() {
        return Transport.MQTT;
    }

    @Override
    public EventExecutor loop() {
        return context().executor();
    }

    @Override
    public void sendText(String text) {
        client.say(text);
    }

    /** A message of bytes is audio here. */
    @Override
    public void sendBinary(ByteBuf message) {
        sendAudio(message, connection().elapsed().toMillis());
    }

    @Override
    public void sendAudio(ByteBuf packet, long timestampMillis) {
        VoicePort voice = port;
        VoiceFlow open = flow;
        if (voice != null && open != null) {
            voice.send(open, packet, timestampMillis);
        } else {
            packet.release();
        }
    }

    @Override
    public void openAudio(ObjectNode hello) {
        closeAudio();
        VoicePort voice = client.broker().voice();
        if (voice == null) {
            return;
        }
        VoiceFlow opened = voice.open(connection().id(), connection().random(), this::audio);
        if (firstSequence != 1) {
            voice.countFrom(opened, firstSequence);
        }
        port = voice;
        flow = opened;
        hello.putObject("udp")
                .put("server", host())
                .put("port", voice.port())
                .put("encryption", "aes-128-ctr")
                .put("key", opened.key())
                .put("nonce", opened.nonce());
    }

    @Override
    public void countVoiceFrom(long first) {
        firstSequence = first;
    }

    @Override
    public void closeAudio() {
        VoicePort voice = port;
        VoiceFlow open = flow;
        port = null;
        flow = null;
        if (voice != null && open != null) {
            voice.close(open);
        }
    }

    /** A server has no ping of its own in MQTT. */
    @Override
    public void sendPing(int payload) {}

    @Override
    public @Nullable Integer goodbyeCode(int code) {
        return client.level() == MqttClient.LEVEL_5 ? reasonOf(code).byteValue() & 0xff : null;
    }

    @Override
    public void sayGoodbye(int code, String text, Duration answerLimit) {
        client.sayDisconnect(reasonOf(code).byteValue());
        LingeringClose.close(context(), connection().secured());
    }

    @Override
    public ChannelHandlerContext context() {
        return client.context();
    }

    @Override
    public String encoderSlot() {
        return PipelineSlots.MQTT_ENCODER;
    }

    /** On the port's loop; the session has its own, which usually is the same. */
    private void audio(ByteBuf packet) {
        if (loop().inEventLoop()) {
            client.session().binary(packet);
            return;
        }
        ByteBuf kept = packet.retainedDuplicate();
        loop().execute(() -> {
            try {
                client.session().binary(kept);
            } finally {
                kept.release();
            }
        });
    }

    private String host() {
        String advertised = client.broker().voiceConfig().host();
        if (advertised != null) {
            return advertised;
        }
        return context().channel().localAddress() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "127.0.0.1";
    }

    private static MqttReasonCodes.Disconnect reasonOf(int code) {
        return switch (code) {
            case 1000 -> MqttReasonCodes.Disconnect.NORMAL_DISCONNECT;
            case 1001 -> MqttReasonCodes.Disconnect.SERVER_SHUTTING_DOWN;
            case 1002 -> MqttReasonCodes.Disconnect.PROTOCOL_ERROR;
            case 1003 -> MqttReasonCodes.Disconnect.IMPLEMENTATION_SPECIFIC_ERROR;
            case 1007 -> MqttReasonCodes.Disconnect.PAYLOAD_FORMAT_INVALID;
            case 1009 -> MqttReasonCodes.Disconnect.PACKET_TOO_LARGE;
            default -> MqttReasonCodes.Disconnect.UNSPECIFIED_ERROR;
        };
    }
}
