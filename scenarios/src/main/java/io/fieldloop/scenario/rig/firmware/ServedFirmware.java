package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.qemu.link.NameService;
import io.fieldloop.qemu.link.PortMap;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.NamedPlace;
import io.fieldloop.scenario.rig.DeviceJournal;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.name.NameZone;
import io.fieldloop.scenario.rig.socket.LoopbackStage;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Firmware in QEMU outside any scenario, with a link and a name server of its own that may be changed while it runs.
 *
 * <p>As in a scenario it reaches the gateway and nothing else.
 */
@OwnsWallClock("outside a scenario firmware lives by the clock on the wall")
public final class ServedFirmware implements AutoCloseable {
    /** The host whose name leads to the gateway at first. */
    public static final String GATEWAY = "gateway.test";

    /** From where the gateway is to see it. */
    public static final InetAddress SOURCE = LoopbackSources.ofDevice(0);

    private static final Duration READY_MAX = Duration.ofMinutes(1);
    private static final int STOP_SECONDS_MAX = 4;

    /** Remembered for a second, so that what is said otherwise is heard. */
    private static final NameSpec AT_FIRST = RecordCopy.with(NameSpec.gateway(), "ttl", Duration.ofSeconds(1));

    private static final NameSpec NOBODYS = RecordCopy.with(AT_FIRST, "says", NameReply.NXDOMAIN);

    /** What makes the reference firmware a device with a user who connects, and does so again. */
    private static final Map<String, String> USER = Map.of("autoconnect", "1", "reconnect", "5");

    private final NameZone zone = new NameZone(Map.of(GATEWAY, AT_FIRST));
    private final NameService names = new NameService("*." + GATEWAY);
    private final FirmwareHost host;

    /**
     * A machine that is off.
     *
     * @param evidence the folder for its capture and console
     * @param console hears its lines, and what the harness makes of them, on the machine's thread
     */
    public ServedFirmware(
            FirmwareChoice choice, DeviceConfig device, LinkProfile link, Path evidence, Consumer<String> console) {
        InstantSource clock = InstantSource.system();
        FirmwareSpec settings =
                new FirmwareSpec(choice.own() ? Map.of() : USER, Map.of(), null, null, null, List.of(), READY_MAX);
        Seeds seeds = new Seeds(clock.millis());
        host = new FirmwareHost(
                new DeviceSetup(device, link, seeds.of("link"), SOURCE, new Nobody(), gone -> {}),
                choice,
                new FirmwareBoot(choice, settings, evidence, seeds, clock, false, null),
                names,
                evidence,
                clock,
                new Console(console));
        names.serve(GATEWAY, zone);
        ports().stand(NamedPlace.GATEWAY.address(false), ports()::actual);
        ports().stand(NamedPlace.CLOSED.address(false), port -> LoopbackStage.NOBODYS_PORT);
    }

    /** Where the gateway is behind the ports that the firmware connects to. */
    public PortMap ports() {
        return host.ports();
    }

    public LinkControl link() {
        return host.link();
    }

    /** Its name server says that of a name from now on; null for the gateway's address, or that there is no such name. */
    public void say(String name, @Nullable NameSpec answer) {
        zone.say(name, answer != null ? answer : name.equals(GATEWAY) ? AT_FIRST : NOBODYS);
        names.serve(name, zone);
    }

    /**
     * Switches it on.
     *
     * @throws RigException in a sentence, if it does not come up
     */
    public void start() {
        try {
            host.start().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RigException cannot ? cannot : failed;
        }
    }

    /** Types a line on its console. */
    public void write(String line) {
        host.write(line);
    }

    @Override
    public void close() {
        host.clearAway()
                .completeOnTimeout(null, STOP_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    private record Console(Consumer<String> out) implements FirmwareHost.Observer {
        @Override
        public void line(String text) {
            out.accept(text);
        }

        @Override
        public void event(FirmwareEvent event) {
            out.accept("-- " + event.kind() + " " + event.attributes());
        }
    }

    /** There is no journal outside a scenario. */
    private static final class Nobody implements DeviceJournal {
        @Override
        public void device(String kind, Map<String, Object> attributes) {}

        @Override
        public void link(String kind, Map<String, Object> attributes) {}
    }
}
