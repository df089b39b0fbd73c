package io.fieldloop.scenario.rig.virtual;

import io.fieldloop.device.DatagramDialer;
import io.fieldloop.device.Dialer;
import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.NamedPlace;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.rig.CaptivePortal;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FailedDial;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RunAuthority;
import io.fieldloop.scenario.rig.SeededSecureRandom;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.SimulatedDevice;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import io.fieldloop.scenario.rig.name.GatewayNames;
import io.fieldloop.scenario.rig.name.NameZone;
import io.fieldloop.scenario.rig.name.NamedDialer;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.tls.KeyLog;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Everything on one event loop in virtual time: the same file and seed give the same journal, byte for byte. */
public final class VirtualRig implements Rig {
    /** What a clock on the wall shows when a virtual scenario begins. */
    public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    /** Port 1 (tcpmux), for what leads nowhere. */
    private static final int CLOSED_PORT = 1;

    private final VirtualClock clock = new VirtualClock(EPOCH);
    private final EventLoop loop = VirtualEventLoop.start(clock);
    private final GatewayNames names = new GatewayNames();
    private final VirtualNetwork network = new VirtualNetwork(loop);
    private final Seeds seeds;
    private final LinkCaptures captures;
    private final SharedWork shared;
    private final NameZone zone;
    private @Nullable SocketAddress portal;
    private int gatewayLives;

    public VirtualRig(Seeds seeds) {
        this(seeds, LinkCaptures.none(), new SharedWork(), Map.of());
    }

    VirtualRig(Seeds seeds, LinkCaptures captures, SharedWork shared, Map<String, NameSpec> named) {
        this.seeds = seeds;
        this.captures = captures;
        this.shared = shared;
        this.zone = new NameZone(named);
    }

    @Override
    public RigKind kind() {
        return RigKind.VIRTUAL;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public long nanosSinceStart() {
        return clock.nanoTime();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public SecureRandom secureRandom(String purpose) {
        return new SeededSecureRandom(seeds.generator(purpose));
    }

    @Override
    public RunAuthority newAuthority() {
        return shared.certificates().authority(seeds, clock);
    }

    @Override
    public SharedArithmetic arithmetic() {
        return shared.arithmetic();
    }

    @Override
    public GatewayRuntime gatewayRuntime() {
        gatewayLives++; // one that starts again draws other keys for its tickets
        return new GatewayRuntime(
                loop,
                VirtualServerChannel::new,
                this::newDatagramChannel,
                clock,
                secureRandom(gatewayLives == 1 ? "gateway" : "gateway-" + gatewayLives),
                VirtualNetwork::sourceOf,
                VirtualNetwork::reset,
                shared.arithmetic());
    }

    @Override
    public SocketAddress bindAddress(NominalListener listener) {
        return listener.equals(UDP)
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), UDP.port())
                : network.address("gateway/" + listener.name());
    }

    @Override
    public void gatewayAt(NominalListener listener, SocketAddress bound) {
        names.bind(listener, bound);
    }

    @Override
    public void say(String host, NameSpec name) {
        zone.say(host, name);
    }

    @Override
    public void nameGateway(String host) {
        names.add(host);
    }

    @Override
    public FieldDevice device(DeviceSetup setup) {
        LinkTap tap = captures.tap(setup.name(), clock, setup.source(), place -> names.portOf(place, CLOSED_PORT));
        return new SimulatedDevice(
                setup, this, tap, link -> dialer(link, setup), link -> datagramDialer(link, setup.source()));
    }

    @Override
    public @Nullable KeyLog keyLog() {
        return captures.keyLog();
    }

    @Override
    public void noted(JournalEntry entry) {
        captures.noted(entry);
    }

    private Dialer dialer(Link link, DeviceSetup setup) {
        InetAddress source = setup.source();
        if (portal == null && zone.leadsTo(NamedPlace.PORTAL)) {
            portal = network.serve("portal", new CaptivePortal());
        }
        NamedDialer named = new NamedDialer(
                link,
                zone,
                setup.journal(),
                (target, pipeline) ->
                        network.connectLater(source, target, VirtualNetwork.over(link.newConnection(), pipeline)),
                this::at);
        return (dialLoop, host, port, pipeline) -> {
            if (zone.knows(host)) {
                return named.dial(host, port, pipeline);
            }
            return names.knows(host)
                    ? network.connect(source, addressOf(port), VirtualNetwork.over(link.newConnection(), pipeline))
                    : FailedDial.unknownHost(dialLoop, host);
        };
    }

    private SocketAddress addressOf(int port) {
        return names.addressOf(port, bindAddress(new NominalListener("closed", port)));
    }

    private SocketAddress at(NamedPlace place, boolean sixth, int port) {
        return switch (place) {
            case GATEWAY -> addressOf(port);
            case PORTAL -> Objects.requireNonNull(portal);
            case CLOSED, NOWHERE -> bindAddress(new NominalListener("closed", port));
        };
    }

    /** A datagram channel of this rig's network, for whoever serves datagrams in it. */
    public Channel newDatagramChannel() {
        return network.newDatagramChannel();
    }

    /** The way of a device at {@code source} through its link to the gateway's datagram listeners. */
    public DatagramDialer datagramDialer(Link link, InetAddress source) {
        return (dialLoop, host, port, pipeline) -> names.resolves(host)
                ? network.connectDatagrams(
                        source,
                        names.addressOf(host, port, new InetSocketAddress(source, CLOSED_PORT)),
                        VirtualNetwork.over(link.newDatagramSocket(VirtualDatagrams::remap), pipeline))
                : FailedDial.unknownHost(dialLoop, host);
    }

    @Override
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        return listener.equals(UDP)
                ? network.connectDatagrams(source, bindAddress(UDP), pipeline)
                : network.connect(source, bindAddress(listener), pipeline);
    }

    @Override
    public void close() {
        clock.freeze();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        captures.close();
    }
}
