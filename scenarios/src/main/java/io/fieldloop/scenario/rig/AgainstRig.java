package io.fieldloop.scenario.rig;

import io.fieldloop.device.DatagramDialer;
import io.fieldloop.device.Dialer;
import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import io.fieldloop.server.GatewayRuntime;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * As {@link SocketRig}, with a gateway that is not ours at the far end.
 *
 * <p>Only on loopback has each device an address of its own; a gateway elsewhere sees all of them come from this machine.
 */
public final class AgainstRig extends LoopbackRig {
    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final List<ProxyPaths> paths = new CopyOnWriteArrayList<>();
    private final List<DatagramRelay> relays = new CopyOnWriteArrayList<>();
    private final ForeignGateway gateway;
    private final TargetPolicy probeTargets;
    private final LinkCaptures captures;

    /**
     * @param probeTargets where hostile traffic may go
     * @param captures see the devices' links; the secrets of a TLS server that is not ours are not in them
     */
    public AgainstRig(ForeignGateway gateway, TargetPolicy probeTargets, LinkCaptures captures) {
        this.gateway = gateway;
        this.probeTargets = probeTargets;
        this.captures = captures;
    }

    @Override
    public RigKind kind() {
        return RigKind.SOCKET;
    }

    @Override
    public ForeignGateway foreign() {
        return gateway;
    }

    @Override
    public TargetPolicy probeTargets() {
        return probeTargets;
    }

    @Override
    public GatewayRuntime gatewayRuntime() {
        throw new IllegalStateException("no gateway of ours lives in this rig");
    }

    @Override
    public SocketAddress bindAddress(NominalListener listener) {
        throw new IllegalStateException("no gateway of ours lives in this rig");
    }

    @Override
    public void gatewayAt(NominalListener listener, SocketAddress bound) {
        throw new IllegalStateException("no gateway of ours lives in this rig");
    }

    @Override
    public void nameGateway(String host) {
        throw new IllegalStateException("no gateway of ours lives in this rig");
    }

    @Override
    public FieldDevice device(DeviceSetup setup) {
        LinkTap tap = captures.tap(
                setup.name(), stage.clock(), setup.source(), place -> ((InetSocketAddress) place).getPort());
        return new SimulatedDevice(
                setup, this, tap, link -> dialer(link, setup.source()), link -> datagramDialer(link, setup.source()));
    }

    @Override
    public void noted(JournalEntry entry) {
        captures.noted(entry);
    }

    private Dialer dialer(Link link, InetAddress source) {
        ProxyPaths near = new ProxyPaths(link, source, stage);
        ProxyPaths far = new ProxyPaths(link, null, stage);
        paths.addAll(List.of(near, far));
        return (dialLoop, host, port, pipeline) -> {
            InetSocketAddress place = placeOf(host, port);
            return place == null
                    ? FailedDial.unknownHost(dialLoop, host)
                    : (isLoopback(place) ? near : far).dial(place, pipeline);
        };
    }

    private DatagramDialer datagramDialer(Link link, InetAddress source) {
        DatagramRelay relay = new DatagramRelay(link.loop(), stage.transport().datagramChannel());
        relays.add(relay);
        return (dialLoop, host, port, pipeline) -> {
            InetSocketAddress place = placeOf(host, port);
            return place == null ? FailedDial.unknownHost(dialLoop, host) : relay.dial(link, source, place, pipeline);
        };
    }

    /** Where the gateway's own places are is known; where it sends a device from there is resolved as a device does. */
    private @Nullable InetSocketAddress placeOf(String host, int port) {
        InetSocketAddress own = gateway.addressOf(host, port).orElse(null);
        if (own != null || !gateway.tellsWhereToGo()) {
            return own != null ? own : gateway.knows(host) ? NOBODY : null;
        }
        InetSocketAddress told = told(host, port);
        return told.isUnresolved() ? null : told;
    }

    /** The gateway's own name leads where the gateway is, whatever its name resolves to here. */
    private InetSocketAddress told(String host, int port) {
        return gateway.listeners().values().stream()
                .filter(listener -> listener.host().equals(host))
                .map(listener -> new InetSocketAddress(listener.address().getAddress(), port))
                .findFirst()
                .orElseGet(() -> gateway.knows(host) ? NOBODY : new InetSocketAddress(host, port));
    }

    private static boolean isLoopback(InetSocketAddress address) {
        return address.getAddress().isLoopbackAddress();
    }

    @Override
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        InetSocketAddress target = Objects.requireNonNull(
                        gateway.listeners().get(listener), () -> "the gateway has no listener " + listener.name())
                .address();
        probeTargets.requireAllowed(target);
        return stage.connect(target, isLoopback(target) ? source : null, pipeline);
    }

    private void closeWays() {
        paths.forEach(ProxyPaths::close);
        relays.forEach(DatagramRelay::close);
    }

    @Override
    public void close() {
        stage.loop().submit(this::closeWays).awaitUninterruptibly(5, TimeUnit.SECONDS);
        stage.close();
        captures.close();
    }
}
