package io.fieldloop.scenario.rig.socket;

import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.rig.CaptivePortal;
import io.fieldloop.scenario.rig.FailedDial;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.server.GatewayRuntime;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the rigs with real sockets stand on: event loops, the wall clock, and a gateway on loopback.
 *
 * <p>The gateway has an event loop to itself, so that a device that is slow in virtual silicon never holds it up.
 */
@OwnsWallClock("these rigs are the wall clock: their timers, certificates and keys are real")
public final class LoopbackStage {
    /** Port 1 (tcpmux) of loopback: nobody has served it for decades. */
    public static final int NOBODYS_PORT = 1;

    private final EventLoopGroup gatewayLoops = group("fieldloop-gateway");
    private final EventLoopGroup deviceLoops;
    private final EventLoop loop;
    private final Map<Rig.NominalListener, SocketAddress> bound = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final long startNanos = System.nanoTime();
    private volatile Consumer<RigException> broken = nobody -> {};
    private volatile List<LoopLag> lags = List.of();
    private @Nullable InetSocketAddress portal;

    public LoopbackStage() {
        try {
            deviceLoops = group("fieldloop-device");
        } catch (IllegalStateException noFileDescriptors) {
            gatewayLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw noFileDescriptors;
        }
        loop = deviceLoops.next();
    }

    private static EventLoopGroup group(String threadName) {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(threadName, true), SocketTransport.preciseIoHandler());
    }

    SocketTransport transport() {
        return SocketTransport.of(deviceLoops);
    }

    /** Where engine, devices and links live. */
    public EventLoop loop() {
        return loop;
    }

    public long nanosSinceStart() {
        return System.nanoTime() - startNanos;
    }

    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Real entropy: these bytes cross real sockets. */
    public SecureRandom random() {
        return random;
    }

    /**
     * What a gateway needs to live here.
     *
     * @param sourceOf who a connection is to be taken for
     */
    public GatewayRuntime gatewayRuntime(Function<Channel, InetAddress> sourceOf) {
        return new GatewayRuntime(
                gatewayLoops, new ReflectiveChannelFactory<>(transport().serverChannel()), clock(), random, sourceOf);
    }

    /** A free port of loopback at first, the same again later. */
    public SocketAddress bindAddress(Rig.NominalListener listener) {
        return bindAddress(listener, InetAddress.getLoopbackAddress());
    }

    /** The same of another loopback address. */
    public SocketAddress bindAddress(Rig.NominalListener listener, InetAddress at) {
        return bound.getOrDefault(listener, new InetSocketAddress(at, 0));
    }

    /** Whether {@code ::1} is an address of this machine. */
    public static boolean hasIpv6() {
        try {
            return NetworkInterface.getByInetAddress(NetUtil.LOCALHOST6) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    public void gatewayAt(Rig.NominalListener listener, SocketAddress address) {
        bound.put(listener, address);
    }

    public ChannelFuture dialDirectly(InetAddress source, Rig.NominalListener listener, ChannelHandler pipeline) {
        return listener.equals(Rig.UDP)
                ? new Bootstrap()
                        .group(loop)
                        .channel(transport().datagramChannel())
                        .handler(pipeline)
                        .connect(bindAddress(listener), new InetSocketAddress(source, 0))
                : connect(bindAddress(listener), source, pipeline);
    }

    /** A connection that passes no link; {@code source} is null for this machine's own address. */
    public ChannelFuture connect(SocketAddress target, @Nullable InetAddress source, ChannelHandler pipeline) {
        Bootstrap bootstrap =
                new Bootstrap().group(loop).channel(transport().channel()).handler(pipeline);
        ChannelFuture connected = source == null
                ? bootstrap.connect(target)
                : bootstrap.connect(target, new InetSocketAddress(source, 0));
        connected.addListener(done -> failed(done.cause()));
        return connected.channel().isRegistered() || connected.cause() == null
                ? connected
                : FailedDial.because(connected.cause(), loop);
    }

    /** Who is told when this machine runs out of something. */
    void onBroken(Consumer<RigException> listener) {
        broken = listener;
    }

    /** A socket could not be had; null for one that could. */
    void failed(@Nullable Throwable cause) {
        if (cause != null) {
            ResourceShortage.in(cause).ifPresent(broken);
        }
    }

    /** The login page of a network, which is open when this returns; one for the whole stage. */
    public synchronized InetSocketAddress portal() {
        InetSocketAddress open = portal;
        if (open == null) {
            ServerBootstrap server = new ServerBootstrap()
                    .group(gatewayLoops)
                    .channel(transport().serverChannel())
                    .childHandler(new CaptivePortal());
            open = (InetSocketAddress) server.bind(InetAddress.getLoopbackAddress(), 0)
                    .syncUninterruptibly()
                    .channel()
                    .localAddress();
            portal = open;
        }
        return open;
    }

    void measureLag() {
        lags = List.of(LoopLag.of(gatewayLoops.next()), LoopLag.of(loop));
    }

    /** How late its loops have been at worst. */
    Duration worstLag() {
        return lags.stream().map(LoopLag::worst).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Ends all loops; not to be called on one of them. */
    public void close() {
        List.of(gatewayLoops, deviceLoops)
                .forEach(group ->
                        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS));
    }
}
