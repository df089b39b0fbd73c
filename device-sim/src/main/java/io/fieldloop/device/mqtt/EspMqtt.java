package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.Dial;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.MqttDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An application on espressif/esp-mqtt and nothing of xiaozhi above it (mqtt_client.c at 5a9ba05): connected while it has power, it
 * subscribes whenever it is connected, and publishes through the client's outbox.
 *
 * <p>The client's task looks at the outbox once a round, and goes round when something arrived or a second has passed. A round sends one
 * message that was never sent; where there is none, the first that has waited for its acknowledgement for more than a second is sent
 * again, on the same connection too. After 30 s a message is dropped without a line on the console. Where within its second the task
 * stands is assumed.
 */
public final class EspMqtt {

    private static final Duration POLL = Duration.ofSeconds(1); // MQTT_POLL_READ_TIMEOUT_MS
    private static final Duration POLL_UNCONNECTED = Duration.ofSeconds(5); // half of MQTT_RECON_DEFAULT_MS
    private static final long RETRANSMIT_NANOS = 1_000_000_000L; // MQTT_DEFAULT_RETRANSMIT_TIMEOUT_MS
    private static final int PUBACK = 4;
    private static final int SUBACK = 9;
    private static final int PACKET_IDS = 0xFFFF;

    private final DeviceContext context;
    private final Supplier<MqttSettings> settings;
    private final Dial dial;
    private final List<X509Certificate> trustAnchors;
    private final EspOutbox outbox = new EspOutbox();
    private CompletableFuture<ConnectOutcome> outcome = new CompletableFuture<>();
    private MqttSettings current;
    private @Nullable MqttLink link;
    private @Nullable Future<?> next;
    private long startedNanos;
    private long retransmittedNanos;
    private boolean everConnected;

    /** @param settings read anew at every start */
    public EspMqtt(
            DeviceContext context, Supplier<MqttSettings> settings, Dial dial, List<X509Certificate> trustAnchors) {
        this.context = context;
        this.settings = settings;
        this.current = settings.get();
        this.dial = dial;
        this.trustAnchors = trustAnchors;
    }

    /** esp_mqtt_client_start(), unless it runs; done when it is connected, or when an attempt has failed, after which it goes on trying. */
    public CompletableFuture<ConnectOutcome> start() {
        if (link == null) {
            current = settings.get();
            outcome = new CompletableFuture<>();
            startedNanos = context.nanoTime();
            context.emit(new DeviceEvent.AttemptStarted("mqtt://" + current.endpoint()));
            link = new MqttLink(context, current, dial, trustAnchors, new LinkOwner());
            link.connect();
        } else if (outcome.isDone() && !link.isConnected()) {
            outcome = new CompletableFuture<>();
        }
        return outcome;
    }

    /** esp_mqtt_client_stop(): says DISCONNECT where it is connected; what waits in the outbox is lost. */
    public void stop() {
        end(true);
    }

    public void losePower() {
        end(false);
    }

    private void end(boolean politely) {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        outbox.clear();
        everConnected = false;
        MqttLink ended = link;
        if (ended != null) {
            link = null;
            boolean up = ended.isConnected();
            ended.end(politely);
            if (up) {
                offline(politely ? FailureReason.CLOSED_BY_USER : FailureReason.CONNECTION_LOST, null);
            }
        }
    }

    /** esp_mqtt_client_publish(): at QoS 0 now or never, at QoS 1 as soon as there is a connection. */
    public void publish(MqttMessage message) {
        int id = message.qos() == 0 ? 0 : newId();
        ByteBuf packet = MqttPackets.publish(ByteBufAllocator.DEFAULT, message, id);
        MqttLink up = link != null && link.isConnected() ? link : null;
        if (message.qos() > 0) {
            EspOutbox.Item item = outbox.add(packet, message.topic(), id, PUBACK, context.nanoTime());
            if (up != null) {
                send(up, item);
            }
            goRoundLater();
        } else if (up != null) {
            up.send(packet);
            context.emit(new DeviceEvent.MqttPublished(message.topic(), 0, null, 1));
        } else {
            packet.release();
            context.log(LogLevel.WARN, MqttLines.CLIENT, "Publish: Losing qos0 data when client not connected");
            context.emit(new DeviceEvent.MqttDropped(message.topic(), MqttDrop.NOT_CONNECTED, Duration.ZERO));
        }
    }

    /** Any but 0 at random, as where CONFIG_MQTT_MSG_ID_INCREMENTAL is off. */
    private int newId() {
        return 1 + context.random().nextInt(PACKET_IDS);
    }

    private void send(MqttLink up, EspOutbox.Item item) {
        int transmission = item.sentAt(context.nanoTime());
        ByteBuf packet = Unpooled.copiedBuffer(item.packet);
        if (item.answer == PUBACK) {
            if (transmission > 1) {
                MqttPackets.setDup(packet);
            }
            context.emit(new DeviceEvent.MqttPublished(item.topic, 1, item.packetId, transmission));
        }
        up.send(packet);
    }

    private void subscribe(MqttLink up) {
        for (String filter : current.session().subscriptions()) {
            int id = newId();
            ByteBuf packet = MqttPackets.subscribe(ByteBufAllocator.DEFAULT, filter, id);
            send(up, outbox.add(packet, filter, id, SUBACK, context.nanoTime()));
        }
    }

    private void goRound() {
        for (EspOutbox.Item old : outbox.expired(context.nanoTime())) {
            context.emit(new DeviceEvent.MqttDropped(old.topic, MqttDrop.EXPIRED, context.since(old.bornNanos)));
        }
        if (link != null && link.isConnected()) {
            look(link);
        }
        goRoundLater();
    }

    private void look(MqttLink up) {
        EspOutbox.Item fresh = outbox.first(false);
        long now = context.nanoTime();
        if (fresh != null) {
            send(up, fresh);
        } else if (now - retransmittedNanos >= RETRANSMIT_NANOS) {
            retransmittedNanos = now;
            EspOutbox.Item waiting = outbox.first(true);
            if (waiting != null && waiting.isOlderThan(RETRANSMIT_NANOS, now)) {
                send(up, waiting);
            }
        }
    }

    /** Nothing is done where nothing waits, so that a day without messages costs none of this. */
    private void goRoundLater() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        if (!outbox.isEmpty() && link != null) {
            next = context.schedule(this::goRound, link.isConnected() ? POLL : POLL_UNCONNECTED);
        }
    }

    private void offline(FailureReason reason, @Nullable String code) {
        context.emit(new DeviceEvent.Offline(reason, code));
    }

    private final class LinkOwner implements BrokerLink.Owner {

        @Override
        public void connected(Duration elapsed) {
            ConnectOutcome.Online online = new ConnectOutcome.Online(context.since(startedNanos), "", null, null, null);
            context.emit(new DeviceEvent.Online(online));
            if (!everConnected) {
                everConnected = true;
                retransmittedNanos = context.nanoTime();
            }
            subscribe(Objects.requireNonNull(link));
            goRound();
            outcome.complete(online);
        }

        @Override
        public void failed(ConnectOutcome.Failed failed, NetworkError error) {
            context.emit(new DeviceEvent.Refused(failed));
            outcome.complete(failed);
        }

        @Override
        public void message(String topic, String text) {
            context.emit(new DeviceEvent.MqttReceived(topic, text));
            goRound();
        }

        @Override
        public void acknowledged(int type, int packetId) {
            EspOutbox.Item item = outbox.acknowledged(type, packetId);
            if (item != null && type == PUBACK) {
                context.emit(new DeviceEvent.MqttAcknowledged(item.topic, packetId, context.since(item.bornNanos)));
            }
            goRound();
        }

        @Override
        public void disconnected(FailureReason reason, @Nullable String code) {
            startedNanos = context.nanoTime();
            offline(reason, code);
            goRoundLater();
        }
    }
}
