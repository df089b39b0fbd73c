package io.fieldloop.device;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.AudioChannel;
import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceListener;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.mqtt.EspMqtt;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.device.mqtt.MqttProtocol;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.device.ota.OtaTask;
import io.fieldloop.device.profile.KeepAlive;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A simulated ESP32 voice device: opens its audio channel when its user wants to talk, and reports what the real one would do and log.
 *
 * <p>Whether it comes back by itself is its profile's ({@link KeepAlive}); a {@link UserPolicy} goes before that. All methods may be called from any thread and
 * return at once; the work, the events and the futures' completions happen on the device's event loop.
 */
public final class Device {

    private final DeviceConfig config;
    private final DeviceRuntime runtime;
    private final DeviceContext context;
    private final Settings settings;
    private final UserPolicy policy;
    private final Reconnecting reconnecting;
    private final DeviceNetwork network;
    private final @Nullable EspMqtt alone;
    private final Boots boots;
    private final ChannelOpener opener;
    private @Nullable AudioChannel channel;

    public Device(DeviceConfig config, DeviceRuntime runtime, DeviceListener listener) {
        this.config = config;
        this.runtime = runtime;
        DeviceClock clock = new DeviceClock(runtime.clock(), config.clockSkew());
        this.context = new DeviceContext(
                config.profile(), runtime.loop(), runtime.random(), clock, runtime.arithmetic(), listener);
        NvsStore nvs = runtime.nvs().get();
        this.settings = new Settings(nvs, config);
        this.policy = config.userPolicy();
        this.network = new DeviceNetwork(config, runtime, context);
        this.reconnecting = new Reconnecting(context, policy, this::open);
        this.alone = config.profile().mqtt().alone()
                ? new EspMqtt(context, settings::mqtt, network::dial, config.trustAnchors())
                : null;
        OtaSettings ota = config.ota();
        this.boots = new Boots(
                context,
                clock,
                network.modem(),
                this::newMqtt,
                ota == null ? null : owner -> newOta(ota, nvs, owner),
                alone == null && settings.hasMqtt());
        this.opener = new ChannelOpener(config, context, settings, network, boots, new Opened());
    }

    private MqttProtocol newMqtt() {
        return new MqttProtocol(
                context, settings::mqtt, network::broker, network::dialDatagrams, this::reboot, this::restart);
    }

    private OtaTask newOta(OtaSettings built, NvsStore nvs, OtaTask.Owner owner) {
        return new OtaTask(
                context, built, config.deviceId(), settings.identity().clientId(), nvs, network::exchange, owner);
    }

    public DeviceConfig config() {
        return config;
    }

    public DeviceState state() {
        return context.state();
    }

    /**
     * The device boots: one that asks at boot where to go does, and one that speaks MQTT connects to its broker, which others do when
     * their user speaks.
     *
     * <p>Done when it is ready for its user, whether or not its servers took it; one that asks and is booting already is left alone.
     */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        onLoop(() -> (alone == null ? boots.boot() : alone.start()).thenRun(() -> ready.complete(null)));
        return ready;
    }

    /** The user presses the button: in vain while the device boots, except that it no longer waits long before it asks again. */
    public void pressButton() {
        onLoop(() -> {
            context.emit(new DeviceEvent.ButtonPressed());
            boots.press();
        });
    }

    /**
     * The user's wake word or button: opens the audio channel, from name resolution to the server's hello.
     *
     * <p>While an attempt is under way its outcome is shared; while a channel is open nothing happens and its outcome is given again.
     */
    public CompletableFuture<ConnectOutcome> openChannel() {
        CompletableFuture<ConnectOutcome> outcome = new CompletableFuture<>();
        onLoop(() -> {
            reconnecting.renew();
            if (alone != null) {
                alone.start().thenAccept(outcome::complete);
            } else {
                boots.usable().thenRun(() -> open().thenAccept(outcome::complete));
            }
        });
        return outcome;
    }

    /** The user speaks for that long and waits for the reply; without an open channel the turn fails at once. */
    public CompletableFuture<TurnOutcome> talk(Duration speech) {
        CompletableFuture<TurnOutcome> outcome = new CompletableFuture<>();
        onLoop(() -> speak(speech).thenAccept(outcome::complete));
        return outcome;
    }

    /** The application publishes; only of the profile {@code esp-mqtt}. */
    public void publish(MqttMessage message) {
        onLoop(() -> Objects.requireNonNull(alone, "an application on esp-mqtt").publish(message));
    }

    /** The user's wake word cuts the server's speech short. */
    public void abort() {
        onLoop(() -> {
            if (channel != null && context.state() == DeviceState.SPEAKING) {
                channel.abort();
            }
        });
    }

    /** Leaves the channel, over WebSocket without a close frame and over MQTT with a goodbye, or a client that is all there is of MQTT; gives up an attempt under way, and cancels the user's next one. */
    public void closeChannel() {
        onLoop(() -> {
            end(FailureReason.CLOSED_BY_USER);
            if (alone != null) {
                alone.stop();
            }
        });
    }

    /** The power goes, or the reset pin is pulled: what was open is lost. Whether the peer hears of it is the link's affair. */
    public void losePower() {
        onLoop(() -> {
            end(FailureReason.CONNECTION_LOST);
            boots.losePower();
            network.losePower();
            if (alone != null) {
                alone.losePower();
            }
        });
    }

    /** The server orders a reboot: the channel is closed. */
    private void reboot() {
        end(FailureReason.CLOSED_BY_USER);
        boots.reboot();
    }

    /** It crashed. */
    private boolean restart() {
        end(FailureReason.CLOSED_BY_USER);
        return boots.restart();
    }

    private void end(FailureReason reason) {
        reconnecting.stop();
        opener.cancel();
        if (channel != null) {
            channel.close(reason, null);
        }
    }

    private void onLoop(Runnable task) {
        if (runtime.loop().inEventLoop()) {
            task.run();
        } else {
            runtime.loop().execute(task);
        }
    }

    private CompletableFuture<ConnectOutcome> open() {
        reconnecting.cancel();
        CompletableFuture<ConnectOutcome> pending = opener.pending();
        if (pending != null) {
            return pending;
        }
        AudioChannel current = channel;
        if (current != null) {
            if (!current.isTimedOut()) {
                return CompletableFuture.completedFuture(current.opened());
            }
            reconnecting.without(() -> current.close(FailureReason.CHANNEL_TIMEOUT, null));
        }
        return opener.open();
    }

    private CompletableFuture<TurnOutcome> speak(Duration speech) {
        AudioChannel current = channel;
        if (current != null && current.isTimedOut()) {
            current.close(FailureReason.CHANNEL_TIMEOUT, null);
            return failedTurn(FailureReason.CHANNEL_TIMEOUT);
        }
        return current == null
                ? failedTurn(FailureReason.CHANNEL_NOT_OPEN)
                : current.talk(speech, policy.replyPatience());
    }

    private CompletableFuture<TurnOutcome> failedTurn(FailureReason reason) {
        TurnOutcome.Failed failed = new TurnOutcome.Failed(reason, Duration.ZERO);
        context.emit(new DeviceEvent.TurnFailed(failed));
        return CompletableFuture.completedFuture(failed);
    }

    private void channelClosed(FailureReason reason, @Nullable String code, @Nullable MessageChannel left) {
        boolean toldToClose = channel != null && channel.isToldToClose();
        channel = null;
        opener.leave(left);
        context.emit(new DeviceEvent.Offline(reason, code));
        context.enter(DeviceState.IDLE);
        if (reason != FailureReason.CLOSED_BY_USER) {
            scheduleReconnect(!toldToClose);
        }
    }

    /** A client that reconnects by itself does not after a close frame ({@code close_reconnect} is off), nor where a user's policy is given. */
    private void scheduleReconnect(boolean mayComeBack) {
        reconnecting.schedule(boots.mqtt() == null && mayComeBack);
    }

    /** Turns the end of one attempt into the device's next state. */
    private final class Opened implements ChannelOpener.Owner {

        @Override
        public void online(MessageChannel opening, ServerHello hello, ConnectOutcome.Online online) {
            reconnecting.renew();
            AudioChannel opened =
                    new AudioChannel(context, opening, hello, online, Device.this::channelClosed, Device.this::reboot);
            channel = opened;
            opened.begin();
            context.emit(new DeviceEvent.Online(online));
            context.enter(DeviceState.IDLE);
        }

        @Override
        public void refused(ConnectOutcome.Failed failed) {
            context.emit(new DeviceEvent.Refused(failed));
            context.enter(DeviceState.IDLE);
            if (failed.reason() != FailureReason.CLOSED_BY_USER) {
                scheduleReconnect(true);
            }
        }
    }
}
