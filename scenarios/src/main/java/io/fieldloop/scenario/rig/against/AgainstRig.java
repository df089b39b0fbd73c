package io.fieldloop.scenario.rig.against;

import io.fieldloop.device.Dialer;
import io.fieldloop.device.link.Link;
import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FailedDial;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import io.fieldloop.scenario.rig.socket.ProxiedRig;
import io.fieldloop.scenario.rig.socket.ProxyPaths;
import io.fieldloop.scenario.rig.socket.SocketRig;
import io.fieldloop.server.GatewayRuntime;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * As {@link SocketRig}, with a gateway that is not ours at the far end.
 *
 * <p>Only on loopback has each device an address of its own; a gateway elsewhere sees all of them come from this machine.
 */
public final class AgainstRig extends ProxiedRig {
    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final ForeignGateway gateway;
    private final TargetPolicy probeTargets;

    /**
     * @param probeTargets where hostile traffic may go
     * @param captures see the devices' links; the secrets of a TLS server that is not ours are not in them
     */
    public AgainstRig(ForeignGateway gateway, TargetPolicy probeTargets, LinkCaptures captures) {
        super(captures);
        this.gateway = gateway;
        this.probeTargets = probeTargets;
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
    protected int shownPort(SocketAddress place) {
        return ((InetSocketAddress) place).getPort();
    }

    @Override
    protected Dialer dialer(Link link, DeviceSetup setup) {
        ProxyPaths near = ways(link, setup.source());
        ProxyPaths far = ways(link, null);
        return (dialLoop, host, port, pipeline) -> {
            InetSocketAddress place = place(host, port);
            return place == null
                    ? FailedDial.unknownHost(dialLoop, host)
                    : (isLoopback(place) ? near : far).dial(place, pipeline);
        };
    }

    /** Where the gateway's own places are is known; where it sends a device from there is resolved as a device does. */
    @Override
    protected @Nullable InetSocketAddress place(String host, int port) {
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
}
