package io.fieldloop.device;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.modem.driver.EspModem;
import io.fieldloop.device.mqtt.MqttProtocol;
import io.fieldloop.device.ota.OtaTask;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a device does from power or a reboot until it is ready for its user, and which protocol it speaks from then on. */
final class Boots implements OtaTask.Owner {
    private static final Duration REBOOT_AFTER = Duration.ofSeconds(1);

    private final DeviceContext context;
    private final DeviceClock clock;
    private final @Nullable EspModem modem;
    private final Supplier<MqttProtocol> newMqtt;
    private final @Nullable OtaTask ota;
    private @Nullable MqttProtocol mqtt;
    private @Nullable CompletableFuture<Void> booting;
    private @Nullable Future<?> rebooting;

    /**
     * @param modem has to be set up first; null where there is none
     * @param newOta asks at boot where to go; null for a device that was told before
     * @param overMqtt whether such a one speaks MQTT
     */
    Boots(
            DeviceContext context,
            DeviceClock clock,
            @Nullable EspModem modem,
            Supplier<MqttProtocol> newMqtt,
            @Nullable Function<OtaTask.Owner, OtaTask> newOta,
            boolean overMqtt) {
        this.context = context;
        this.clock = clock;
        this.modem = modem;
        this.newMqtt = newMqtt;
        this.ota = newOta == null ? null : newOta.apply(this);
        this.mqtt = newOta == null && overMqtt ? newMqtt.get() : null;
    }

    /** Null while it speaks WebSocket, or is not told yet. */
    @Nullable
    MqttProtocol mqtt() {
        return mqtt;
    }

    /** Done when it is ready; one that asks and is booting already goes on. */
    CompletableFuture<Void> boot() {
        CompletableFuture<Void> under = ota == null ? null : booting;
        if (under == null) {
            under = new CompletableFuture<>();
            booting = under;
            powered(under);
        }
        return under;
    }

    /** Done when its user can speak to it, for which only one that asks has to boot. */
    CompletableFuture<Void> usable() {
        return ota == null ? CompletableFuture.completedFuture(null) : boot();
    }

    private void powered(CompletableFuture<Void> ready) {
        if (modem == null) {
            started(ready);
        } else {
            modem.whenSetUp(network -> started(ready));
        }
    }

    private void started(CompletableFuture<Void> ready) {
        if (ota != null) {
            clock.forget();
            ota.begin();
        } else if (mqtt != null) {
            mqtt.start(() -> ready.complete(null));
        } else {
            ready.complete(null);
        }
    }

    @Override
    public void describeNetwork(String wifi, Consumer<String> told) {
        if (modem == null) {
            told.accept(wifi);
        } else {
            modem.describe(told);
        }
    }

    void press() {
        if (ota != null) {
            ota.press();
        }
    }

    void losePower() {
        booting = null;
        if (rebooting != null) {
            rebooting.cancel(false);
            rebooting = null;
        }
        if (mqtt != null) {
            mqtt.losePower();
        }
        if (ota != null) {
            ota.stop();
            mqtt = null;
        }
    }

    /**
     * One that asks at boot where to go asks again.
     *
     * <p>Application::Reboot() of xiaozhi-esp32 runs after the message that asks for it, deletes the protocol, and restarts a second later.
     */
    void reboot() {
        if (ota != null && rebooting == null) {
            context.log(LogLevel.INFO, "Application", "Rebooting...");
            restart();
        }
    }

    /** Without a word; false where there is nothing to ask at boot, and it stays as it is. */
    boolean restart() {
        if (ota == null) {
            return false;
        }
        if (rebooting == null) {
            if (booting == null || booting.isDone()) {
                booting = new CompletableFuture<>();
            }
            rebooting = context.schedule(() -> forgetAndRestart(ota), Duration.ZERO);
        }
        return true;
    }

    private void forgetAndRestart(OtaTask asking) {
        asking.stop();
        if (mqtt != null) {
            mqtt.delete();
            mqtt = null;
        }
        rebooting = context.schedule(
                () -> {
                    rebooting = null;
                    powered(Objects.requireNonNull(booting));
                },
                REBOOT_AFTER);
    }

    @Override
    public void clockIs(Instant local) {
        clock.set(local);
    }

    @Override
    public void start(boolean overMqtt, Runnable then) {
        MqttProtocol protocol = overMqtt ? newMqtt.get() : null;
        mqtt = protocol;
        if (protocol == null) {
            then.run();
        } else {
            protocol.start(then);
        }
    }

    @Override
    public void ready() {
        if (booting != null) {
            booting.complete(null);
        }
    }
}
