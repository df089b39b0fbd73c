package io.fieldloop.device.ota;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.profile.NetworkLibrary;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the firmware does from power to {@code idle}: check, ladder of retries, update, activation, choice of a protocol
 * (xiaozhi-esp32, main/application.cc, ActivationTask).
 *
 * <p>Ten checks and nine waits between them, of 10 s and then twice as long each; a wait is over when the device is {@code idle}, which
 * one press of the button makes it for good: every later wait lasts 1 s.
 */
public final class OtaTask {
    /** From power to a network: assumed, a known access point near by. */
    private static final Duration NETWORK_AFTER = Duration.ofSeconds(3);

    private static final String APPLICATION = "Application";
    private static final String TAG = "Ota";
    private static final int CHECKS_MAX = 10;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration ALERT = Duration.ofSeconds(3);
    /**
     * Assumed: what a turn of the task costs beside the network. A server that answers an activation with 200 and goes on handing out a code keeps
     * the device in a circle without a pause, in which virtual time would stand still.
     */
    private static final Duration TASK_TURN = Duration.ofMillis(100);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Whose boot it is. */
    public interface Owner {
        /** The device's clock shows this from now on. */
        void clockIs(Instant local);

        /** Tells what the board says of its network, which on Wi-Fi is known. */
        void describeNetwork(String wifi, Consumer<String> told);

        /** Starts the protocol, and runs {@code then} when the device goes on. */
        void start(boolean mqtt, Runnable then);

        /** The device is ready for its user. */
        void ready();
    }

    private final DeviceContext context;
    private final OtaSettings settings;
    private final String deviceId;
    private final String clientId;
    private final Flash flash;
    private final Slots slots;
    private final Supplier<HttpExchange> exchanges;
    private final Owner owner;
    private final Waits waits;
    private Told told;
    private @Nullable HttpExchange exchange;
    private int failures;
    private Duration wait = FIRST_WAIT;

    /** @param flash what it finds there outlives it */
    public OtaTask(
            DeviceContext context,
            OtaSettings settings,
            String deviceId,
            String clientId,
            Flash flash,
            Supplier<HttpExchange> exchanges,
            Owner owner) {
        this.context = context;
        this.settings = settings;
        this.deviceId = deviceId;
        this.clientId = clientId;
        this.flash = flash;
        this.slots = new Slots(flash, settings.version());
        this.exchanges = exchanges;
        this.owner = owner;
        this.waits = new Waits(context);
        this.told = new Told(context, flash, owner::clockIs);
    }

    /** Power, or a restart: what was in memory is forgotten. */
    public void begin() {
        context.restart(DeviceState.STARTING);
        told = new Told(context, flash, owner::clockIs);
        failures = 0;
        wait = FIRST_WAIT;
        String aborted = slots.boot();
        if (aborted != null) {
            context.emit(new DeviceEvent.RolledBack(aborted));
        }
        context.emit(new DeviceEvent.FirmwareStarted(slots.version(), slots.running()));
        waits.after(NETWORK_AFTER, () -> {
            info(APPLICATION, "Network connected");
            context.enter(DeviceState.ACTIVATING);
            check();
        });
    }

    /** The user presses the button: a device that asks its server stops waiting for long. */
    public void press() {
        if (context.state() == DeviceState.ACTIVATING) {
            context.enter(DeviceState.IDLE);
            waits.idle();
        }
    }

    /** The power is gone. */
    public void stop() {
        waits.stop();
        if (exchange != null) {
            exchange.close();
        }
    }

    private void check() {
        String url = url();
        context.emit(new DeviceEvent.OtaCheckBegan(url, failures + 1));
        info(TAG, "Current version: " + slots.version());
        long began = context.nanoTime();
        owner.describeNetwork(SystemInfo.wifi(deviceId), network -> check(url, network, began));
    }

    private void check(String url, String network, long began) {
        String body = SystemInfo.json(settings, network, deviceId, clientId, slots.version(), slots.running());
        new OtaCheck(context, newExchange(), namesErrors(), result -> checked(result, began))
                .begin(url, parsed -> new OtaRequest("POST", parsed, headers(), body));
    }

    private void checked(OtaCheck.Result result, long began) {
        CheckAnswer answer = result.answer();
        if (result.code() != 0) {
            retry(result.code());
            return;
        }
        if (answer != null) {
            String abort = told.take(answer, slots.version());
            context.emit(new DeviceEvent.OtaChecked(
                    context.since(began), told.offers(), told.newVersion(), told.needsActivation()));
            if (abort != null) {
                context.emit(new DeviceEvent.Aborted(abort));
                begin();
                return;
            }
        }
        failures = 0;
        wait = FIRST_WAIT;
        if (told.newVersion() == null) {
            settled();
        } else {
            upgrade(told.newVersion());
        }
    }

    private void retry(int code) {
        failures++;
        if (failures >= CHECKS_MAX) {
            context.log(LogLevel.ERROR, APPLICATION, "Too many retries, exit version check");
            context.emit(new DeviceEvent.OtaGivenUp(failures));
            initializeProtocol();
            return;
        }
        alert(
                "cloud_off",
                "Error: Check for new version failed, will retry in " + wait.toSeconds() + " seconds: code=" + code
                        + ", url=" + url());
        context.log(
                LogLevel.WARN,
                APPLICATION,
                "Check new version failed, retry in " + wait.toSeconds() + " seconds (" + failures + "/" + CHECKS_MAX
                        + ")");
        context.emit(new DeviceEvent.OtaRetryScheduled(waits.polled(wait, this::check)));
        wait = wait.multipliedBy(2);
    }

    private void upgrade(String version) {
        info(APPLICATION, "Starting firmware upgrade from URL: " + told.url());
        alert("download", "OTA Upgrade: System is upgrading...");
        context.emit(new DeviceEvent.UpdateBegan(version, told.url()));
        waits.after(ALERT, () -> {
            context.enter(DeviceState.UPGRADING);
            waits.after(
                    SECOND, () -> new FirmwareUpdate(context, newExchange(), slots, this::upgraded).begin(told.url()));
        });
    }

    private void upgraded(boolean installed) {
        if (installed) {
            info(APPLICATION, "Firmware upgrade successful, rebooting...");
            waits.after(SECOND, this::begin);
        } else {
            context.log(
                    LogLevel.ERROR,
                    APPLICATION,
                    "Firmware upgrade failed, restarting audio service and continuing operation...");
            alert("cancel", "Error: Upgrade failed");
            waits.after(ALERT, this::settled);
        }
    }

    /** The running image has seen its server: only now is it marked valid. */
    private void settled() {
        info(TAG, "Running partition: " + slots.running());
        if (slots.onTrial()) {
            info(TAG, "Marking firmware as valid");
            slots.markValid();
        }
        if (told.needsActivation()) {
            activate();
        } else {
            initializeProtocol();
        }
    }

    private void activate() {
        String code = told.code();
        String challenge = told.challenge();
        if (code != null) {
            alert("link", "Activation: " + told.message().replace('\n', ' '));
            context.emit(new DeviceEvent.ActivationShown(code));
        }
        HttpUrl url = HttpUrl.parse(url() + (url().endsWith("/") ? "" : "/") + "activate");
        String payload = challenge == null ? "{}" : ActivationPayload.of(settings, challenge);
        new ActivationLoop(
                        context,
                        waits,
                        this::newExchange,
                        (asked, opened) -> asked.open(new OtaRequest("POST", url, headers(), payload), opened),
                        () -> waits.after(TASK_TURN, this::check))
                .begin(challenge != null);
    }

    private void initializeProtocol() {
        boolean known = told.mqtt() || told.webSocket();
        boolean mqtt = told.mqtt() || !told.webSocket();
        if (!known) {
            context.log(LogLevel.WARN, APPLICATION, "No protocol specified in the OTA config, using MQTT");
        }
        context.emit(new DeviceEvent.ProtocolChosen(mqtt ? "mqtt" : "websocket", known));
        owner.start(mqtt, () -> {
            info(APPLICATION, "Activation done");
            context.enter(DeviceState.IDLE);
            owner.ready();
        });
    }

    private HttpExchange newExchange() {
        HttpExchange next = exchanges.get();
        exchange = next;
        return next;
    }

    private String url() {
        String stored = flash.get("wifi", "ota_url");
        return stored == null || stored.isEmpty() ? settings.url() : stored;
    }

    private Map<String, String> headers() {
        return CheckRequest.headers(settings, deviceId, clientId, slots.version());
    }

    /** Before esp-ml307 3.7 some failures have the number 0, which the application takes for success. */
    private boolean namesErrors() {
        return context.profile().mqtt().library() == NetworkLibrary.FROM_3_7;
    }

    private void alert(String icon, String text) {
        context.log(LogLevel.WARN, APPLICATION, "Alert [" + icon + "] " + text);
    }

    private void info(String tag, String message) {
        context.log(LogLevel.INFO, tag, message);
    }
}
