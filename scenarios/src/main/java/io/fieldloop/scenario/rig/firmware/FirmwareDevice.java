package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.qemu.console.ConsoleControls;
import io.fieldloop.qemu.console.ConsoleTranslator;
import io.fieldloop.qemu.link.NameService;
import io.fieldloop.qemu.link.PortMap;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.RigException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A device that is firmware: its button is a console command, its word is its log.
 *
 * <p>Firmware without commands connects by itself: to open its channel is to switch it on, to close it is to switch it off.
 */
final class FirmwareDevice implements FieldDevice {
    /** With some of the waits between checks that fail. */
    private static final Duration CHECKED_MAX = Duration.ofMinutes(10);

    private static final Duration OUTCOME_MAX = Duration.ofSeconds(150);
    private static final Duration TURN_MAX = Duration.ofMinutes(5);

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final DeviceSetup setup;
    private final FirmwareRig rig;
    private final FirmwareBoot boot;
    private final PowerCut powerCut;

    /** What is heard is of the story up to the power cut, which is told already. */
    private boolean told;

    private final @Nullable ConsoleControls controls;
    private final ConsoleTranslator translator;
    private final FirmwareHost host;
    private final FirmwareWaiting ready;
    private final FirmwareWaiting outcome;
    private final FirmwareWaiting turn;
    private final SpokenTurn spokenTurn = new SpokenTurn();
    private final PortMap sixthPorts = new PortMap();

    /** It is being switched on. */
    private boolean booting;

    /** The firmware was told to close its channel and has not said yet that it did. */
    private boolean closing;

    FirmwareDevice(
            DeviceSetup setup,
            FirmwareChoice choice,
            FirmwareBoot boot,
            FirmwareRig rig,
            @Nullable SavePoint savePoint,
            NameService names,
            Path evidence) {
        this.setup = setup;
        this.rig = rig;
        this.boot = boot;
        this.controls = choice.dictionary().controls().orElse(null);
        this.translator = new ConsoleTranslator(choice.dictionary(), this::happened);
        this.host = new FirmwareHost(setup, choice, boot, names, evidence, rig.clock(), new Observer());
        this.powerCut = new PowerCut(setup.name(), rig, host, savePoint, new Powerless());
        if (savePoint == null) { // else the story has told it already
            boot.remarks().forEach(remark -> rig.loop().execute(() -> changed(remark)));
        }
        this.ready = waiting("was not ready", asks() ? CHECKED_MAX : boot.readyMax());
        this.outcome = waiting(
                controls == null
                        ? "neither came online nor gave up by itself (its dictionary has no command to connect)"
                        : "neither came online nor gave up",
                OUTCOME_MAX);
        this.turn = waiting("did not end its turn", TURN_MAX);
    }

    private FirmwareWaiting waiting(String complaint, Duration max) {
        return new FirmwareWaiting(
                rig.loop(),
                max,
                () -> "The firmware of " + name() + " " + complaint + " within " + max.toSeconds() + " s: "
                        + host.remains());
    }

    String name() {
        return setup.name();
    }

    InetAddress source() {
        return setup.source();
    }

    PortMap ports() {
        return host.ports();
    }

    /** Where its connects to the gateway's IPv6 address are led. */
    PortMap sixthPorts() {
        return sixthPorts;
    }

    /** Whether its network may give it an IPv6 address. */
    boolean hasIpv6() {
        return setup.link().access().ip() != Access.Ip.V4;
    }

    void note(String text) {
        host.note(text);
    }

    void tlsSecret(String nssLine) {
        host.tlsSecret(nssLine);
    }

    @Override
    public CompletableFuture<Void> powerOn() {
        return controls == null || asks() ? DONE : switchOn();
    }

    /** Whether it asks an OTA server when it boots: what it does then is the story, and a step gives it power. */
    private boolean asks() {
        return setup.config().ota() != null;
    }

    private CompletableFuture<Void> switchOn() {
        CompletableFuture<Void> waiting = controls == null ? DONE : ready.begin();
        booting = true;
        return host.start()
                .thenComposeAsync(
                        started -> {
                            booting = false;
                            return waiting;
                        },
                        rig.loop());
    }

    @Override
    public CompletableFuture<Void> boot() {
        return host.isRunning() || booting ? ready.over() : switchOn();
    }

    @Override
    public void pressButton() {
        if (controls != null) {
            controls.press().ifPresent(host::write);
        }
    }

    @Override
    public CompletableFuture<Void> publish(MqttMessage message) {
        throw new IllegalStateException("firmware is given no such step");
    }

    @Override
    public CompletableFuture<?> open() {
        if (translator.isOnline() && !closing) {
            return DONE;
        }
        if (controls != null) {
            return connectWhenReady(controls.connect());
        }
        CompletableFuture<Void> waiting = outcome.begin();
        return (host.isRunning() ? host.reset() : host.start()).thenCompose(started -> waiting);
    }

    private CompletableFuture<Void> connectWhenReady(String command) {
        return whenReady(() -> {
            CompletableFuture<Void> waiting = outcome.begin();
            host.write(command);
            return waiting;
        });
    }

    /** A firmware that just restarts forgets what it is told before it is ready. */
    private CompletableFuture<Void> whenReady(Supplier<CompletableFuture<Void>> order) {
        return (asks() ? boot() : ready.over()).thenComposeAsync(up -> order.get(), rig.loop());
    }

    @Override
    public CompletableFuture<?> reopen() {
        if (controls != null) {
            host.write(controls.disconnect());
            return connectWhenReady(controls.connect());
        }
        vanish("The harness reset the device.");
        return open();
    }

    @Override
    public void close() {
        closing = true;
        if (controls != null) {
            host.write(controls.disconnect());
        } else {
            host.stop().thenRunAsync(() -> vanish("The harness switched the device off."), rig.loop());
        }
    }

    @Override
    public CompletableFuture<?> talk(Duration speech) {
        String command = controls == null ? null : controls.talk(speech).orElse(null);
        if (command == null) {
            return CompletableFuture.failedFuture(
                    new RigException("The firmware of " + name() + " has no console command to talk with."));
        }
        return whenReady(() -> {
            CompletableFuture<Void> waiting = turn.begin();
            spokenTurn.begin(speech);
            host.write(command);
            return waiting;
        });
    }

    @Override
    public boolean interrupt() {
        if (controls != null) {
            controls.interrupt().ifPresent(host::write);
        }
        return true;
    }

    @Override
    public CompletableFuture<Void> reset() {
        CompletableFuture<Void> waiting = controls == null ? DONE : ready.begin();
        vanish("The harness pressed the reset button.");
        return host.reset().thenCompose(pressed -> waiting);
    }

    @Override
    public CompletableFuture<Void> powerCut(Duration off) {
        return host.stop()
                .thenComposeAsync(
                        stopped -> {
                            vanish("The harness took the power away.");
                            CompletableFuture<Void> dark = new CompletableFuture<>();
                            rig.later(off, () -> dark.complete(null));
                            return dark;
                        },
                        rig.loop())
                .thenComposeAsync(over -> switchOn(), rig.loop());
    }

    @Override
    public CompletableFuture<Void> losePower(PowerSpec cut, CompletableFuture<?> during) {
        return powerCut.at(cut, during);
    }

    /** What was recorded of it for cases that go on from there; null where nothing was. */
    SavePoint.@Nullable Kept kept() {
        return powerCut.kept();
    }

    /** A device that lost its power says nothing more; whoever waited for it has waited long enough. */
    private void vanish(String why) {
        translator.end(FailureReason.CONNECTION_LOST, why, rig.nanosSinceStart());
        outcome.done();
        turn.done();
    }

    @Override
    public CompletableFuture<Void> type(String line) {
        host.write(boot.line(setup.config(), line));
        return DONE;
    }

    @Override
    public LinkControl link() {
        return host.link();
    }

    @Override
    public CompletableFuture<Void> remove() {
        return host.clearAway();
    }

    private void happened(DeviceEvent said) {
        if (told) {
            return;
        }
        DeviceEvent event = spokenTurn.judge(said);
        setup.journal().device(event.kind(), event.attributes());
        if (event instanceof DeviceEvent.Online || event instanceof DeviceEvent.Refused) {
            closing = false;
            outcome.done();
        } else if (event instanceof DeviceEvent.Offline) {
            closing = false;
        } else if (event instanceof DeviceEvent.TurnCompleted
                || event instanceof DeviceEvent.TurnInterrupted
                || event instanceof DeviceEvent.TurnFailed) {
            turn.done();
        }
    }

    private void heard(String line, long nanos) {
        powerCut.line(line);
        translator.line(line, nanos);
        if (controls != null && controls.isReady(line)) {
            ready.done();
        }
    }

    private void changed(FirmwareEvent event) {
        setup.journal().device(event.kind(), event.attributes());
        boolean restarts = event instanceof FirmwareEvent.Reset || event instanceof FirmwareEvent.WatchdogReset;
        if (restarts && controls != null && ready.over().isDone()) {
            ready.begin();
            outcome.done();
            turn.done();
        }
        if (event instanceof FirmwareEvent.Exited exited && !host.isStopping()) {
            setup.broken()
                    .accept(new RigException("The firmware of " + name() + " is gone: " + host.remains(exited.end())));
        }
    }

    private final class Powerless implements PowerCut.Owner {
        @Override
        public void lost(FirmwareEvent.PowerLost event) {
            changed(event);
        }

        @Override
        public void awaitReady() {
            if (ready.over().isDone()) {
                ready.begin();
            }
        }

        @Override
        public void hear(List<SavePoint.Line> story) {
            told = true;
            story.forEach(line -> translator.line(line.text(), line.nanos()));
            told = false;
        }

        @Override
        public CompletableFuture<Void> comeBack() {
            vanish("The power went at a write into flash.");
            CompletableFuture<Void> up = controls == null ? DONE : ready.over();
            return host.start().thenComposeAsync(started -> up, rig.loop());
        }
    }

    /** Brings what the machine's thread hears onto the rig's loop, with the time it was heard at. */
    private final class Observer implements FirmwareHost.Observer {
        @Override
        public void line(String text) {
            long nanos = rig.nanosSinceStart();
            rig.loop().execute(() -> heard(text, nanos));
        }

        @Override
        public void event(FirmwareEvent event) {
            rig.loop().execute(() -> changed(event));
        }
    }
}
