package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.Attempt;
import io.fieldloop.device.attempt.Dial;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.Future;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT object over espressif/esp-mqtt: connects, and where its client does so by itself, connects again for ever.
 *
 * <p>Whoever made it may have given up waiting; a success that comes later counts all the same (protocol reference A4).
 */
public final class MqttLink implements BrokerLink {

    private final DeviceContext context;
    private final MqttSettings settings;
    private final Dial dial;
    private final List<X509Certificate> trustAnchors;
    private final Owner owner;
    private @Nullable Attempt attempt;
    private @Nullable MqttConnection connection;
    private @Nullable Future<?> again;

    public MqttLink(
            DeviceContext context, MqttSettings settings, Dial dial, List<X509Certificate> trustAnchors, Owner owner) {
        this.context = context;
        this.settings = settings;
        this.dial = dial;
        this.trustAnchors = trustAnchors;
        this.owner = owner;
    }

    @Override
    public void connect() {
        again = null;
        MqttClient client = new MqttClient(context, settings);
        Attempt next = new Attempt(context, client, null, new AttemptEnd(client));
        attempt = next;
        next.start(dial, trustAnchors);
    }

    @Override
    public boolean isConnected() {
        return connection != null;
    }

    @Override
    public Phase phase() {
        return attempt == null ? Phase.MQTT : attempt.phase();
    }

    /** Only where it is connected. */
    void send(ByteBuf packet) {
        Objects.requireNonNull(connection).send(packet);
    }

    @Override
    public void publish(String topic, String text, Runnable failed) {
        send(MqttPackets.publish(ByteBufAllocator.DEFAULT, new MqttMessage(topic, text, 0, false), 0));
    }

    /** Deleted, it says DISCONNECT. */
    @Override
    public void end(boolean politely) {
        if (again != null) {
            again.cancel(false);
        }
        if (attempt != null) {
            attempt.abandon();
        }
        if (connection != null) {
            connection.end(politely);
            connection = null;
        }
    }

    private void tryAgain() {
        Duration pause = context.profile().mqtt().clientReconnect();
        if (!pause.isZero()) {
            context.emit(new DeviceEvent.MqttReconnectScheduled(pause));
            again = context.schedule(this::connect, pause);
        }
    }

    private final class AttemptEnd implements Attempt.Listener, MqttConnection.User {

        private final MqttClient client;

        AttemptEnd(MqttClient client) {
            this.client = client;
        }

        @Override
        public void connected(Duration elapsed) {
            attempt = null;
            MqttConnection up = client.connection();
            connection = up;
            up.use(this);
            context.emit(new DeviceEvent.MqttConnected(elapsed, up.sessionPresent()));
            owner.connected(elapsed);
        }

        @Override
        public void failed(ConnectOutcome.Failed failed, @Nullable MessageChannel left) {
            attempt = null;
            context.emit(new DeviceEvent.MqttRefused(failed.reason(), failed.code(), failed.phase(), failed.status()));
            tryAgain();
            owner.failed(failed, client.error());
        }

        @Override
        public void online(MessageChannel channel, ServerHello hello, ConnectOutcome.Online outcome) {
            throw new IllegalStateException("A connection to a broker is opened without a hello.");
        }

        @Override
        public void message(String topic, String text) {
            owner.message(topic, text);
        }

        @Override
        public void acknowledged(int type, int packetId) {
            owner.acknowledged(type, packetId);
        }

        @Override
        public void disconnected(FailureReason reason, @Nullable String code) {
            connection = null;
            if (code != null || reason == FailureReason.CLOSED_BY_SERVER) {
                MqttLines.receiveFailed(context);
            }
            context.emit(new DeviceEvent.MqttDisconnected(reason, code));
            owner.disconnected(reason, code);
            tryAgain();
        }
    }
}
