package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.LinkProxy;
import io.fieldloop.device.link.LinkProxyConfig;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.qemu.link.NameService;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.NamedPlace;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.RunAuthority;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.Story;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import io.fieldloop.scenario.rig.capture.Note;
import io.fieldloop.scenario.rig.name.NameZone;
import io.fieldloop.scenario.rig.socket.LoopbackRig;
import io.fieldloop.scenario.rig.socket.RigFront;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.ota.FirmwareImage;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.tls.KeyLog;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Firmware in QEMU, real TCP on loopback, and the wall clock.
 *
 * <p>All connections of QEMU's user network come from 127.0.0.1. So that limits, bans and the journal tell devices apart, each
 * device is led to a port of its own, and the gateway takes who comes there for the device.
 */
final class FirmwareRig extends LoopbackRig {
    private static final String DOMAIN = "gateway.test";

    /** QEMU's user network has one, and its router does not say so where the host has no IPv6 name server. */
    private static final String NAME_SERVER_V6 = "fec0::3";

    private final FirmwareChoice choice;
    private final Scenario scenario;
    private final Seeds seeds;
    private final Path evidence;
    private final NameZone zone;
    private final NameService names = new NameService(DOMAIN, "*." + DOMAIN);
    private final List<FirmwareDevice> devices = new CopyOnWriteArrayList<>();
    private final DeviceListeners listeners = new DeviceListeners(stage, devices);

    private final RigFront front;
    private final Story story;
    private final @Nullable SavePoint savePoint;
    private @Nullable RunAuthority authority;
    private volatile long storyBeganNanos;

    /**
     * @param before what stands before the gateway, or null
     * @param story how much of the scenario is played
     * @param savePoint from which it goes on; null where it begins at the beginning
     */
    FirmwareRig(
            FirmwareChoice choice,
            Scenario scenario,
            Seeds seeds,
            Path evidence,
            @Nullable FrontChoice before,
            Story story,
            @Nullable SavePoint savePoint) {
        this.story = story;
        this.savePoint = savePoint;
        this.choice = choice;
        this.scenario = scenario;
        this.seeds = seeds;
        this.evidence = evidence;
        zone = new NameZone(scenario.names());
        front = new RigFront(stage, before, zone.leadsTo(NamedPlace.GATEWAY));
        scenario.names().keySet().forEach(name -> names.serve(name, zone));
    }

    @Override
    public RigKind kind() {
        return RigKind.QEMU;
    }

    @Override
    public Story story() {
        return story;
    }

    @Override
    public void storyBegins() {
        super.storyBegins();
        storyBeganNanos = nanosSinceStart() - story.beganNanos();
    }

    /** Does something on the loop, in a while. */
    void later(Duration delay, Runnable action) {
        loop().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Time as the journal has it. */
    long storyNanos() {
        return nanosSinceStart() - storyBeganNanos;
    }

    /** Devices that go on from a save point know the authority of those who came so far. */
    @Override
    public RunAuthority newAuthority() {
        RunAuthority chosen = savePoint == null ? super.newAuthority() : savePoint.authority();
        authority = chosen;
        return chosen;
    }

    /** What the cases of the scenario begin with, when the story was told up to its power cut. */
    @Nullable
    SavePoint savePoint(List<JournalEntry> seen) {
        Map<String, SavePoint.Kept> kept = new HashMap<>();
        for (FirmwareDevice device : devices) {
            SavePoint.Kept flash = device.kept();
            if (flash != null) {
                kept.put(device.name(), flash);
            }
        }
        RunAuthority trusted = authority;
        return trusted == null || kept.isEmpty() ? null : new SavePoint(trusted, seen, kept);
    }

    @Override
    public GatewayRuntime gatewayRuntime() {
        return stage.gatewayRuntime(listeners::sourceOf);
    }

    @Override
    public List<NominalListener> listeners(NominalListener nominal) {
        return front.covers(nominal) ? List.of(nominal) : listeners.of(nominal); // a front has one way to the gateway
    }

    @Override
    public SocketAddress bindAddress(NominalListener listener) {
        return listeners.bindAddress(listener);
    }

    @Override
    public void gatewayAt(NominalListener listener, SocketAddress bound) {
        listeners.gatewayAt(listener, bound);
    }

    @Override
    public KeyLog keyLog() {
        return line -> devices.forEach(device -> device.tlsSecret(line));
    }

    @Override
    public void noted(JournalEntry entry) {
        Note note = Note.of(entry);
        if (note != null) {
            devices.stream().filter(device -> note.concerns(device.name())).forEach(device -> device.note(note.text()));
        }
    }

    @Override
    public List<Cidr> trustedFronts() {
        return front.trusted();
    }

    /** All of QEMU comes from 127.0.0.1: a relay to the front, from the device's own address, tells devices apart there. */
    @Override
    public CompletableFuture<Void> openFront(CertificateChain chain) {
        return front.open(chain)
                .thenComposeAsync(
                        open -> CompletableFuture.allOf(RigFront.LISTENERS.stream()
                                .filter(front::covers)
                                .flatMap(listener -> devices.stream().map(device -> leadToFront(device, listener)))
                                .toArray(CompletableFuture[]::new)),
                        loop());
    }

    private CompletableFuture<Void> leadToFront(FirmwareDevice device, NominalListener listener) {
        if (front.isAlsoAtIpv6() && device.hasIpv6()) {
            device.sixthPorts().lead(listener.port(), front.sixthOf(listener).getPort());
        }
        LinkProxyConfig way = LinkProxyConfig.to(front.of(listener)).withSourceAddress(device.source());
        Link direct = new Link(LinkProfiles.named("none"), 0, loop(), event -> {});
        return LinkProxy.start(way, direct)
                .thenAccept(relay ->
                        device.ports().lead(listener.port(), relay.address().getPort()));
    }

    @Override
    public FieldDevice device(DeviceSetup setup) {
        FirmwareDevice device = new FirmwareDevice(setup, choice, boot(setup), this, savePoint, names, evidence);
        if (!zone.isEmpty()) {
            listeners.lead(device, zone);
        }
        devices.add(device);
        return device;
    }

    /** Which addresses its network gives a device, the reference firmware has to be told to ask for. */
    private FirmwareSpec settings(DeviceSetup setup) {
        FirmwareSpec written = scenario.firmware();
        Access.Ip ip = setup.link().access().ip();
        if (choice.own() || ip == Access.Ip.V4) {
            return written;
        }
        Map<String, String> settings = new HashMap<>(written.settings());
        settings.putIfAbsent("ip", Kebab.of(ip));
        if (ip == Access.Ip.V6) {
            settings.putIfAbsent("dns", NAME_SERVER_V6);
        }
        return RecordCopy.with(written, "settings", settings);
    }

    private FirmwareBoot boot(DeviceSetup setup) {
        Path file = Path.of(scenario.position().file());
        return new FirmwareBoot(
                choice,
                settings(setup),
                file,
                seeds,
                stage.clock(),
                scenario.cut().isPresent(),
                ReferenceFirmware.loader(choice, scenario));
    }

    @Override
    public FirmwareImage firmwareImage(String version, int bytesMin) {
        return choice.own()
                ? super.firmwareImage(version, bytesMin)
                : FirmwareImage.of(ReferenceFirmware.app(ReferenceFirmware.next(choice.image()))
                        .asVersion(version, bytesMin)
                        .bytes()
                        .toArray());
    }

    @Override
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        return front.dialDirectly(source, listener, pipeline);
    }

    @Override
    public void say(String host, NameSpec name) {
        zone.say(host, name);
    }

    @Override
    public void nameGateway(String host) {
        names.serve(host);
    }

    @Override
    public void close() {
        stage.close();
        LinkCaptures.in(evidence).keep("front.keys", front.close());
    }
}
