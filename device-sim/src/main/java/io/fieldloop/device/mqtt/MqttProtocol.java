package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.Attempt;
import io.fieldloop.device.attempt.OpenAttempt;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.IdleListener;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.MessageSink;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.profile.MqttTraits;
import io.fieldloop.device.voice.VoiceFlow;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The firmware's MqttProtocol: a connection to the broker that lasts, and audio channels that are opened on it with a hello.
 *
 * <p>A first connect that fails schedules nothing here; a lost connection is tried again once after a minute, if the device is idle then.
 */
public final class MqttProtocol {

    private final DeviceContext context;
    private final MqttTraits traits;
    private final Supplier<MqttSettings> settings;
    private final BrokerLink.Maker links;
    private final VoiceDial voiceDial;
    private final VoiceFlow flow;
    private final MqttReader reader;
    private final MessageSink idle;
    private final BooleanSupplier restart;
    private final Queue<Runnable> queued = new ArrayDeque<>();
    private MessageSink sink;
    private MqttSettings current;
    private @Nullable BrokerLink link;
    private @Nullable ConnectWait wait;
    private @Nullable Future<?> reconnect;
    private @Nullable MqttOpening opening;

    /**
     * @param settings read anew at every start of the client, as by the firmware
     * @param reboot what the server may order
     * @param restart what a crash ends in; false where it has nothing to ask at boot, and stays as it is
     */
    public MqttProtocol(
            DeviceContext context,
            Supplier<MqttSettings> settings,
            BrokerLink.Maker links,
            VoiceDial voiceDial,
            Runnable reboot,
            BooleanSupplier restart) {
        this.context = context;
        this.traits = context.profile().mqtt();
        this.settings = settings;
        this.current = settings.get();
        this.links = links;
        this.voiceDial = voiceDial;
        this.flow = new VoiceFlow(context, traits.strictVoice());
        this.reader = new MqttReader(context, flow);
        this.idle = new IdleListener(context, new MqttMessageChannel(context, this, null), reboot);
        this.sink = idle;
        this.restart = restart;
    }

    /** The device boots: connects; {@code ready} is run when it waits no longer for that, however it went. */
    public void start(Runnable ready) {
        startClient(new ConnectWait(context, null));
        whenFree(ready);
    }

    /** The user wants an audio channel; ends in {@code listener}'s {@code online} or {@code failed}. */
    public OpenAttempt open(Attempt.Listener listener) {
        MqttOpening next = new MqttOpening(context, this, listener);
        opening = next;
        whenFree(next::begin);
        return next;
    }

    /** The firmware's one task that does all of this waits for its client, and does nothing else meanwhile. */
    private void whenFree(Runnable task) {
        if (wait == null) {
            task.run();
        } else {
            queued.add(task);
        }
    }

    private void free() {
        wait = null;
        while (wait == null && !queued.isEmpty()) {
            queued.remove().run();
        }
    }

    /** The power goes: whoever is at the other end is told nothing. */
    public void losePower() {
        stop(false);
    }

    /** The firmware deletes it, and its client says goodbye to the broker. */
    public void delete() {
        stop(true);
    }

    private void stop(boolean politely) {
        queued.clear();
        cancelReconnect();
        endLink(politely);
        sink = idle;
    }

    /** Who looks at the server's messages from now on; null for nobody in particular. */
    void handTo(@Nullable MessageSink next) {
        sink = next == null ? idle : next;
    }

    MessageSink sink() {
        return sink;
    }

    MqttReader reader() {
        return reader;
    }

    VoiceFlow flow() {
        return flow;
    }

    VoiceDial voiceDial() {
        return voiceDial;
    }

    boolean isConnected() {
        return link != null && link.isConnected();
    }

    String endpoint() {
        return settings.get().endpoint();
    }

    /** Whether there is anywhere to publish to; where not, the firmware says nothing at all. */
    boolean hasTopic() {
        return !current.publishTopic().isEmpty();
    }

    /** SendText(): whether the message went out, which is logged where it did not. */
    boolean publish(String text) {
        if (!hasTopic()) {
            return false;
        }
        if (link == null || !link.isConnected()) {
            publishFailed(text);
            return false;
        }
        link.publish(current.publishTopic(), text, () -> publishFailed(text));
        return true;
    }

    private void publishFailed(String text) {
        context.log(LogLevel.ERROR, MqttLines.PROTOCOL, "Failed to publish message: " + text);
        MqttAlerts.show(context, MqttAlerts.SERVER_ERROR);
    }

    void opened() {
        opening = null;
    }

    /** StartMqttClient(): the client there was is deleted, whatever it was doing. */
    void startClient(ConnectWait next) {
        if (link != null) {
            context.log(LogLevel.WARN, MqttLines.PROTOCOL, "Mqtt client already started");
            endLink(true);
        }
        current = settings.get();
        if (current.endpoint().isEmpty()) {
            context.log(LogLevel.WARN, MqttLines.PROTOCOL, "MQTT endpoint is not specified");
            next.unconfigured();
            return;
        }
        context.log(LogLevel.INFO, MqttLines.PROTOCOL, "Connecting to endpoint " + current.endpoint());
        String abort = current.abort();
        if (abort != null) {
            context.emit(new DeviceEvent.Aborted(abort));
            if (restart.getAsBoolean()) {
                wait = next; // for which nobody waits any more
                return;
            }
        }
        wait = next;
        BrokerLink made = links.make(current, new LinkOwner());
        link = made;
        made.connect();
        if (wait == next) {
            next.begin(this::expired);
        }
    }

    /** The client goes on trying, and nobody waits for it any more. */
    private void expired(ConnectWait waiting) {
        if (link != null) {
            waiting.failed(link.phase());
        }
        free();
    }

    private void endLink(boolean politely) {
        if (wait != null) {
            wait.stop();
            wait = null;
        }
        if (link != null) {
            link.end(politely);
            link = null;
        }
    }

    private void cancelReconnect() {
        if (reconnect != null) {
            reconnect.cancel(false);
            reconnect = null;
        }
    }

    private void reconnect() {
        reconnect = null;
        if (context.state() == DeviceState.IDLE) {
            context.log(LogLevel.INFO, MqttLines.PROTOCOL, "Reconnecting to MQTT server");
            startClient(new ConnectWait(context, null));
        }
    }

    private void received(String text) {
        JsonMessage message = reader.read(text);
        if (message == null) {
            sink.received(null);
        } else if (message.type().equals("hello")) {
            hello(message);
        } else if (message.type().equals("goodbye")) {
            goodbye(message);
        } else if (opening != null) {
            idle.received(message);
        } else {
            sink.received(message);
        }
    }

    private void hello(JsonMessage message) {
        if (opening != null) {
            opening.hello(reader.hello(message));
        } else if (sink == idle) {
            reader.hello(message);
        } else {
            sink.received(message);
        }
    }

    private void goodbye(JsonMessage message) {
        String sessionId = message.body().path("session_id").isTextual()
                ? message.body().path("session_id").textValue()
                : null;
        context.log(
                LogLevel.INFO,
                MqttLines.PROTOCOL,
                "Received goodbye message, session_id: " + (sessionId == null ? "null" : sessionId));
        boolean meant = sessionId == null ? traits.obeysAnyGoodbye() : sessionId.equals(reader.sessionId());
        if (meant && sink != idle) {
            sink.closed();
        } else {
            sink.received(null);
        }
    }

    private final class LinkOwner implements BrokerLink.Owner {

        @Override
        public void connected(Duration elapsed) {
            cancelReconnect();
            if (wait != null) {
                wait.connected();
                free();
            }
        }

        @Override
        public void failed(ConnectOutcome.Failed failed, NetworkError error) {
            if (wait != null) {
                wait.failed(failed, error);
                free();
            }
        }

        @Override
        public void message(String topic, String text) {
            received(text);
        }

        @Override
        public void disconnected(FailureReason reason, @Nullable String code) {
            context.log(
                    LogLevel.INFO,
                    MqttLines.PROTOCOL,
                    "MQTT disconnected, schedule reconnect in "
                            + traits.reconnectOnce().toSeconds() + " seconds");
            context.emit(new DeviceEvent.MqttReconnectScheduled(traits.reconnectOnce()));
            reconnect = context.schedule(MqttProtocol.this::reconnect, traits.reconnectOnce());
        }
    }
}
