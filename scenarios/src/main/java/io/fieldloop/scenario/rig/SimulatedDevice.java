package io.fieldloop.scenario.rig;

import io.fieldloop.device.DatagramDialer;
import io.fieldloop.device.Device;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.Dialer;
import io.fieldloop.device.NvsStore;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.scenario.model.PowerSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A device of the simulator, with its link. */
public final class SimulatedDevice implements FieldDevice {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Device device;
    private final Link link;

    /**
     * @param tap sees what passes its link
     * @param dialers the rig's way out through a link
     * @param datagramDialers the same for datagrams
     */
    public SimulatedDevice(
            DeviceSetup setup,
            Rig rig,
            LinkTap tap,
            Function<Link, Dialer> dialers,
            Function<Link, DatagramDialer> datagramDialers) {
        DeviceJournal journal = setup.journal();
        link = new Link(
                setup.link(),
                setup.linkSeed(),
                rig.loop(),
                event -> journal.link(event.kind(), event.attributes()),
                tap);
        DeviceRuntime runtime = new DeviceRuntime(
                rig.loop(),
                dialers.apply(link),
                datagramDialers.apply(link),
                rig.secureRandom("device:" + setup.name()),
                rig.clock(),
                NvsStore::inMemory,
                rig.arithmetic());
        device = new Device(setup.config(), runtime, event -> journal.device(event.kind(), event.attributes()));
    }

    /** One that asks at boot is off until a step gives it power: what it does then is the story. */
    @Override
    public CompletableFuture<Void> powerOn() {
        return device.config().ota() == null ? device.start() : DONE;
    }

    @Override
    public CompletableFuture<Void> boot() {
        return device.start();
    }

    @Override
    public void pressButton() {
        device.pressButton();
    }

    @Override
    public CompletableFuture<Void> publish(MqttMessage message) {
        if (!device.config().profile().mqtt().alone()) {
            return CompletableFuture.failedFuture(new RigException("The step `publish` is for devices with the profile"
                    + " esp-mqtt, and " + device.config().name() + " has "
                    + device.config().profile().name() + "; name others in it."));
        }
        device.publish(message);
        return DONE;
    }

    @Override
    public CompletableFuture<?> open() {
        return device.openChannel();
    }

    @Override
    public CompletableFuture<?> reopen() {
        device.closeChannel();
        return device.openChannel();
    }

    @Override
    public void close() {
        device.closeChannel();
    }

    @Override
    public CompletableFuture<?> talk(Duration speech) {
        return device.talk(speech);
    }

    @Override
    public boolean interrupt() {
        boolean heard = device.state() == DeviceState.SPEAKING;
        device.abort();
        return heard;
    }

    @Override
    public CompletableFuture<Void> reset() {
        return powerCut(Duration.ZERO);
    }

    /** Nobody hears of it: what the device still had to say goes nowhere. */
    @Override
    public CompletableFuture<Void> powerCut(Duration off) {
        link.blackhole(Duration.ZERO);
        device.losePower();
        CompletableFuture<Void> back = new CompletableFuture<>();
        link.loop().schedule(() -> back.complete(null), off.toNanos(), TimeUnit.NANOSECONDS);
        return back.thenCompose(powered -> device.start());
    }

    @Override
    public CompletableFuture<Void> losePower(PowerSpec cut, CompletableFuture<?> during) {
        throw new IllegalStateException("a simulated device is given no such step");
    }

    @Override
    public CompletableFuture<Void> type(String line) {
        return CompletableFuture.failedFuture(new RigException(
                "The step `console` needs firmware, and this rig has none; run the scenario with --rig qemu."));
    }

    @Override
    public LinkControl link() {
        return link;
    }

    @Override
    public CompletableFuture<Void> remove() {
        device.closeChannel();
        device.losePower();
        link.close();
        return DONE;
    }
}
