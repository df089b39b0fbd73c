package io.fieldloop.oracle;

import io.fieldloop.device.Device;
import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.Dialer;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.event.TurnOutcome;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** Our simulated device on a loop of its own; whatever its URL says, it reaches one loopback port. */
final class LoopbackDevice implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();
    private final Device device;

    LoopbackDevice(DeviceConfig config, int port) {
        this(config, new InetSocketAddress(0), port);
    }

    /** One that comes from an address of its own, such as 127.0.0.9. */
    LoopbackDevice(DeviceConfig config, InetSocketAddress source, int port) {
        this(config, source, nominalPort -> port);
    }

    /** One whose URL's port decides where it goes. */
    LoopbackDevice(DeviceConfig config, InetSocketAddress source, IntUnaryOperator portOf) {
        Dialer dialer = (loop, host, nominalPort, pipeline) -> new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(pipeline)
                .connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), portOf.applyAsInt(nominalPort)),
                        source);
        device = new Device(
                config,
                new DeviceRuntime(group.next(), dialer, new SecureRandom(), InstantSource.system()),
                events::add);
    }

    ConnectOutcome open() {
        return result(device.openChannel());
    }

    /** All of them at once. */
    static List<ConnectOutcome> openAll(List<LoopbackDevice> devices) {
        return devices.stream().map(device -> device.device.openChannel()).toList().stream()
                .map(LoopbackDevice::result)
                .toList();
    }

    TurnOutcome talk(Duration speech) {
        return result(device.talk(speech));
    }

    /** How the channel that was open ended. */
    FailureReason awaitOffline() {
        return awaitEvent(DeviceEvent.Offline.class).reason();
    }

    <E extends DeviceEvent> E awaitEvent(Class<E> kind) {
        OutsideProgram.patiently().until(() -> events.stream().anyMatch(kind::isInstance));
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** What of this kind has happened so far. */
    <E extends DeviceEvent> Stream<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    void closeChannel() {
        device.closeChannel();
    }

    /** An outcome in a table's words: {@code online}, or reason, code and HTTP status as far as there are any. */
    static String verdict(ConnectOutcome outcome) {
        if (!(outcome instanceof ConnectOutcome.Failed failed)) {
            return "online";
        }
        String code = failed.code() == null ? "" : " " + failed.code();
        return failed.reason() + code + (failed.status() == null ? "" : " " + failed.status());
    }

    /** The same about TLS alone: {@code +} also when what came after it failed. */
    static String tlsVerdict(ConnectOutcome outcome) {
        boolean tls = outcome instanceof ConnectOutcome.Failed failed && failed.phase() == Phase.TLS;
        return tls ? verdict(outcome) : "+";
    }

    @Override
    public void close() {
        device.closeChannel();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static <T> T result(CompletableFuture<T> future) {
        OutsideProgram.patiently().until(future::isDone);
        return future.join();
    }
}
