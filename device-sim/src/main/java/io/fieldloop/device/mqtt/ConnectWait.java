package io.fieldloop.device.mqtt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.MqttTraits;
import io.fieldloop.device.profile.NetworkLibrary;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One wait of the firmware for a client it has started: ends with that client's first success or failure, or after ten seconds. */
final class ConnectWait {

    private final DeviceContext context;
    private final MqttTraits traits;
    private final @Nullable MqttOpening user;
    private final long startedNanos;
    private @Nullable Future<?> limit;

    /**
     * Begins now.
     *
     * @param user who wants to open a channel; null where the device connects by itself
     */
    ConnectWait(DeviceContext context, @Nullable MqttOpening user) {
        this.context = context;
        this.traits = context.profile().mqtt();
        this.user = user;
        this.startedNanos = context.nanoTime();
    }

    /** A modem's driver limits each of its own steps. */
    void begin(Consumer<ConnectWait> expired) {
        if (!MqttLines.isModem(context)) {
            limit = context.schedule(() -> expired.accept(this), traits.connectWait());
        }
    }

    void stop() {
        if (limit != null) {
            limit.cancel(false);
        }
    }

    void connected() {
        stop();
        context.log(LogLevel.INFO, MqttLines.PROTOCOL, "Connected to endpoint");
        if (user != null) {
            user.connected();
        }
    }

    /** The time is over while the client is in that phase. */
    void failed(Phase phase) {
        String text = "Failed to connect to endpoint" + told(NetworkError.TIMEOUT);
        failed(
                new ConnectOutcome.Failed(
                        phase.timeout(), "0", text, context.since(startedNanos), phase, null, null, null),
                NetworkError.TIMEOUT);
    }

    void failed(ConnectOutcome.Failed failed, NetworkError error) {
        stop();
        context.log(LogLevel.ERROR, MqttLines.PROTOCOL, "Failed to connect to endpoint" + told(error));
        MqttAlerts.show(context, MqttAlerts.SERVER_NOT_CONNECTED);
        if (user != null) {
            user.unconnected(failed);
        }
    }

    /** What firmware on version 3.7 of the library prints behind the colon is as it prints it of its other connections. */
    private String told(NetworkError error) {
        return traits.library() == NetworkLibrary.UP_TO_3_6 ? ", code=" + error.number() : ": " + error;
    }

    /** The settings hold no endpoint. */
    void unconfigured() {
        if (user != null) {
            MqttAlerts.show(context, MqttAlerts.SERVER_NOT_FOUND);
            user.unconfigured("MQTT endpoint is not specified");
        }
    }
}
