package io.fieldloop.scenario.rig;

import io.fieldloop.device.Dialer;
import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.server.GatewayRuntime;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Real TCP on loopback and the wall clock; every device's connections pass a link proxy of their own.
 *
 * <p>The gateway has an event loop to itself, so that a device that is slow in virtual silicon never holds it up.
 */
@OwnsWallClock("this rig is the wall clock: its timers, its certificates and its keys are real")
public final class SocketRig implements Rig {
    /** Port 1 (tcpmux) of loopback: nobody has served it for decades. */
    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final EventLoopGroup gatewayLoops = group("fieldloop-gateway");
    private final EventLoopGroup deviceLoops = group("fieldloop-device");
    private final EventLoop loop = deviceLoops.next();
    private final GatewayNames names = new GatewayNames();
    private final Map<NominalListener, SocketAddress> bound = new ConcurrentHashMap<>();
    private final List<ProxyPaths> paths = new CopyOnWriteArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private final long startNanos = System.nanoTime();

    private static EventLoopGroup group(String threadName) {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(threadName, true), SocketTransport.preciseIoHandler());
    }

    private SocketTransport transport() {
        return SocketTransport.of(deviceLoops);
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public long nanosSinceStart() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Real entropy, whatever the purpose: these bytes cross real sockets. */
    @Override
    public SecureRandom secureRandom(String purpose) {
        return random;
    }

    @Override
    public GatewayRuntime gatewayRuntime() {
        return new GatewayRuntime(
                gatewayLoops,
                new ReflectiveChannelFactory<>(transport().serverChannel()),
                clock(),
                random,
                channel -> ((InetSocketAddress) channel.remoteAddress()).getAddress());
    }

    @Override
    public SocketAddress bindAddress(NominalListener listener) {
        return bound.getOrDefault(listener, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public void gatewayAt(NominalListener listener, SocketAddress address) {
        bound.put(listener, address);
        names.bind(listener, address);
    }

    @Override
    public void nameGateway(String host) {
        names.add(host);
    }

    @Override
    public FieldDevice device(DeviceSetup setup) {
        return new SimulatedDevice(setup, this, link -> dialer(link, setup.source()));
    }

    private Dialer dialer(Link link, InetAddress source) {
        ProxyPaths ways = new ProxyPaths(link, source, transport().channel());
        paths.add(ways);
        return (dialLoop, host, port, pipeline) -> names.knows(host)
                ? ways.dial((InetSocketAddress) names.addressOf(port, NOBODY), pipeline)
                : FailedDial.unknownHost(dialLoop, host);
    }

    @Override
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        return new Bootstrap()
                .group(loop)
                .channel(transport().channel())
                .handler(pipeline)
                .connect(bindAddress(listener), new InetSocketAddress(source, 0));
    }

    @Override
    public void close() {
        loop.submit(() -> paths.forEach(ProxyPaths::close)).awaitUninterruptibly(5, TimeUnit.SECONDS);
        List.of(gatewayLoops, deviceLoops)
                .forEach(group ->
                        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS));
    }
}
