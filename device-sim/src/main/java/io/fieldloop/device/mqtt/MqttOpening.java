package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.Attempt;
import io.fieldloop.device.attempt.OpenAttempt;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.HelloMessage;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.NetworkLibrary;
import io.fieldloop.device.voice.VoiceOffer;
import io.fieldloop.device.voice.VoiceSocket;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open an audio channel over MQTT, as OpenAudioChannel() goes about it; ends exactly once.
 *
 * <p>Up to ten seconds for the broker where there is no connection, ten for the server's hello; then the socket for voice.
 */
final class MqttOpening implements OpenAttempt {

    /** UDP_CONNECT_TIMEOUT_MS of esp-ml307. */
    private static final Duration MODEM_SOCKET = Duration.ofSeconds(10);

    private static final String HELLO_MISSING = "Failed to receive server hello";

    private final DeviceContext context;
    private final MqttProtocol protocol;
    private final Attempt.Listener listener;
    private final long startedNanos;
    private long connectedNanos;
    private long helloNanos;
    private @Nullable Future<?> limit;
    private Phase phase = Phase.MQTT;
    private boolean over;
    private boolean takenForOpen;

    MqttOpening(DeviceContext context, MqttProtocol protocol, Attempt.Listener listener) {
        this.context = context;
        this.protocol = protocol;
        this.listener = listener;
        this.startedNanos = context.nanoTime();
    }

    void begin() {
        if (over) {
            return;
        }
        context.emit(new DeviceEvent.AttemptStarted("mqtt://" + protocol.endpoint()));
        if (protocol.isConnected()) {
            connected();
        } else {
            context.log(LogLevel.INFO, MqttLines.PROTOCOL, "MQTT is not connected, try to connect now");
            protocol.startClient(new ConnectWait(context, this));
        }
    }

    void connected() {
        if (over) {
            return;
        }
        phase = Phase.HELLO;
        connectedNanos = context.nanoTime();
        protocol.reader().forgetSession();
        if (!protocol.hasTopic()) {
            unconfigured(""); // SendText() fails, and nobody is told
        } else if (protocol.publish(HelloMessage.overMqtt())) {
            context.emit(new DeviceEvent.MessageSent("hello", null));
            limit = context.schedule(
                    this::helloMissing, context.profile().limits().serverHello());
        } else {
            fail(FailureReason.CONNECTION_LOST, MqttAlerts.SERVER_ERROR);
        }
    }

    void unconnected(ConnectOutcome.Failed failed) {
        end(new ConnectOutcome.Failed(
                failed.reason(),
                failed.code(),
                failed.text(),
                context.since(startedNanos),
                failed.phase(),
                failed.alertSent(),
                failed.alertReceived(),
                failed.status()));
    }

    void unconfigured(String text) {
        fail(FailureReason.NOT_CONFIGURED, text);
    }

    private void helloMissing() {
        context.log(LogLevel.ERROR, MqttLines.PROTOCOL, HELLO_MISSING);
        MqttAlerts.show(context, MqttAlerts.SERVER_TIMEOUT);
        fail(FailureReason.HELLO_TIMEOUT, HELLO_MISSING);
    }

    /** A hello arrived; one that is of no use changes nothing. */
    void hello(@Nullable ServerHello hello) {
        VoiceOffer offer = protocol.reader().offer();
        if (hello == null || offer == null || over || helloNanos != 0) {
            return;
        }
        stopLimit();
        helloNanos = context.nanoTime();
        VoiceSocket voice = new VoiceSocket(protocol.flow(), protocol::sink);
        ChannelFuture dialled = protocol.voiceDial().dial(offer.server(), offer.port(), voice);
        if (MqttLines.isModem(context)) {
            limit = context.schedule(() -> modemSilent(hello, offer, voice), MODEM_SOCKET);
        }
        dialled.addListener(result -> {
            stopLimit();
            if (takenForOpen) {
                return; // what the modem says late is believed: with a success voice works from here on
            }
            if (over) {
                voice.close();
            } else if (dialled.isSuccess()) {
                online(hello, voice);
            } else {
                voiceUnreachable();
            }
        });
    }

    /** Neither success nor error: up to 3.6 Ml307Udp::Connect() returns true all the same, and nothing can be sent (ml307_udp.cc, 7bc2fd6). */
    private void modemSilent(ServerHello hello, VoiceOffer offer, VoiceSocket voice) {
        if (context.profile().mqtt().library() == NetworkLibrary.UP_TO_3_6) {
            takenForOpen = true;
            online(hello, voice);
        } else {
            context.log(LogLevel.ERROR, "Ml307Udp", "Timeout connecting to " + offer.server() + ":" + offer.port());
            voiceFailed();
        }
    }

    private void online(ServerHello hello, VoiceSocket voice) {
        over = true;
        protocol.opened();
        listener.online(
                new MqttMessageChannel(context, protocol, voice),
                hello,
                new ConnectOutcome.Online(
                        context.since(startedNanos),
                        protocol.reader().sessionId(),
                        Duration.ofNanos(connectedNanos - startedNanos),
                        null,
                        Duration.ofNanos(helloNanos - connectedNanos)));
    }

    private void voiceUnreachable() {
        if (!MqttLines.isModem(context)) { // whose driver has said so by then
            context.log(LogLevel.ERROR, "EspUdp", "Failed to get host by name");
        }
        voiceFailed();
    }

    private void voiceFailed() {
        String text = "Failed to connect UDP audio channel";
        context.log(LogLevel.ERROR, MqttLines.PROTOCOL, text);
        fail(FailureReason.VOICE_UNREACHABLE, text);
    }

    @Override
    public void cancel() {
        if (!over) {
            context.log(LogLevel.INFO, "Application", "Attempt given up by the user");
            fail(FailureReason.CLOSED_BY_USER, "Attempt given up by the user");
        }
    }

    private void fail(FailureReason reason, String text) {
        end(new ConnectOutcome.Failed(reason, null, text, context.since(startedNanos), phase, null, null, null));
    }

    private void end(ConnectOutcome.Failed failed) {
        if (!over) {
            over = true;
            stopLimit();
            protocol.opened();
            listener.failed(failed, null);
        }
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel(false);
        }
    }
}
