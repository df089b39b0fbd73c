package io.fieldloop.scenario.rig.socket;

import io.fieldloop.device.Dialer;
import io.fieldloop.device.link.Link;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.NamedPlace;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FailedDial;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import io.fieldloop.scenario.rig.name.GatewayNames;
import io.fieldloop.scenario.rig.name.NameZone;
import io.fieldloop.scenario.rig.name.NamedDialer;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.tls.KeyLog;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Real TCP on loopback and the wall clock; every device's connections pass a link proxy of their own. */
public final class SocketRig extends ProxiedRig {
    private static final InetSocketAddress NOBODY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), LoopbackStage.NOBODYS_PORT);

    /** What the names of listeners at IPv6 addresses end with. */
    private static final String SIXTH = "-ipv6";

    /** A device's alert and FIN are still on their way when its reason is known; they take a few milliseconds and the link's delay. */
    private static final long LAST_WORDS_MILLIS = 300;

    private final GatewayNames names = new GatewayNames();
    private final RigFront front;
    private final NameZone zone;
    private final GatewayNames sixthNames = new GatewayNames();

    public SocketRig() {
        this(LinkCaptures.none(), null, Map.of());
    }

    /** @param choice what stands in front of the gateway, or null */
    public SocketRig(LinkCaptures captures, @Nullable FrontChoice choice, Map<String, NameSpec> named) {
        super(captures);
        this.zone = new NameZone(named);
        this.front = new RigFront(stage, choice, zone.leadsTo(NamedPlace.GATEWAY));
    }

    @Override
    public GatewayRuntime gatewayRuntime() {
        return stage.gatewayRuntime(channel -> ((InetSocketAddress) channel.remoteAddress()).getAddress());
    }

    /** Where names lead to IPv6 addresses, the gateway listens there too. */
    @Override
    public List<NominalListener> listeners(NominalListener nominal) {
        return zone.leadsTo(NamedPlace.GATEWAY) && !nominal.equals(UDP) && !front.covers(nominal)
                ? List.of(nominal, new NominalListener(nominal.name() + SIXTH, nominal.port()))
                : List.of(nominal);
    }

    private static boolean isSixth(NominalListener listener) {
        return listener.name().endsWith(SIXTH);
    }

    @Override
    public SocketAddress bindAddress(NominalListener listener) {
        return stage.bindAddress(listener, isSixth(listener) ? NetUtil.LOCALHOST6 : InetAddress.getLoopbackAddress());
    }

    @Override
    public void gatewayAt(NominalListener listener, SocketAddress address) {
        stage.gatewayAt(listener, address);
        if (isSixth(listener)) {
            sixthNames.bind(listener, address);
        } else if (!front.covers(listener)) {
            names.bind(listener, address);
        }
    }

    @Override
    public List<Cidr> trustedFronts() {
        return front.trusted();
    }

    @Override
    public CompletableFuture<Void> openFront(CertificateChain chain) {
        return front.open(chain)
                .thenRunAsync(
                        () -> RigFront.LISTENERS.stream().filter(front::covers).forEach(this::leadToFront), loop());
    }

    private void leadToFront(NominalListener listener) {
        names.bind(listener, front.of(listener));
        if (front.isAlsoAtIpv6()) {
            sixthNames.bind(listener, front.sixthOf(listener));
        }
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
    protected int shownPort(SocketAddress place) {
        return names.portOf(place, ((InetSocketAddress) place).getPort());
    }

    @Override
    public @Nullable KeyLog keyLog() {
        return captures.keyLog();
    }

    @Override
    public CompletableFuture<Void> lastWords() {
        CompletableFuture<Void> said = new CompletableFuture<>();
        stage.loop()
                .schedule(() -> said.complete(null), captures.isOn() ? LAST_WORDS_MILLIS : 0, TimeUnit.MILLISECONDS);
        return said;
    }

    @Override
    protected Dialer dialer(Link link, DeviceSetup setup) {
        ProxyPaths ways = ways(link, setup.source());
        NamedDialer named = new NamedDialer(
                link,
                zone,
                setup.journal(),
                (target, pipeline) -> ways.dial(target.thenApply(to -> (InetSocketAddress) to.address()), pipeline),
                this::at);
        return (dialLoop, host, port, pipeline) -> {
            if (zone.knows(host)) {
                return named.dial(host, port, pipeline);
            }
            return names.knows(host)
                    ? ways.dial((InetSocketAddress) names.addressOf(port, NOBODY), pipeline)
                    : FailedDial.unknownHost(dialLoop, host);
        };
    }

    private SocketAddress at(NamedPlace place, boolean sixth, int port) {
        return switch (place) {
            case GATEWAY -> (sixth ? sixthNames : names).addressOf(port, NOBODY);
            case PORTAL -> stage.portal();
            case CLOSED, NOWHERE -> NOBODY;
        };
    }

    @Override
    protected @Nullable InetSocketAddress place(String host, int port) {
        return names.resolves(host) ? (InetSocketAddress) names.addressOf(host, port, NOBODY) : null;
    }

    @Override
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        return front.dialDirectly(source, listener, pipeline);
    }

    @Override
    public void close() {
        closeWays();
        captures.keep("front.keys", front.close());
        captures.close();
    }
}
