package io.fieldloop.oracle;

import io.fieldloop.device.Device;
import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.Dialer;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.server.GatewayConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What each front adds: the time from connect to hello, and its memory for each idle session, at a thousand sessions over ws://.
 *
 * <p>Devices go in turns through the front and straight to the same gateway, so that what else the machine does falls on both.
 */
public final class FrontsBenchmark {
    private static final int SESSIONS = 1_000;
    private static final int WARM_UP = 48;
    private static final int AT_ONCE = 4;
    private static final List<String> LEFT_OUT = List.of("stunnel"); // it has TLS only

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Device> open = new ArrayList<>();

    private FrontsBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        List<String> wanted = arguments.length == 0 ? FrontCatalogue.bundled().names() : List.of(arguments);
        System.out.println("| front | sessions | p50 | p99 | straight: p50 | p99 | memory per session |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (String name : wanted) {
            Front front = FrontCatalogue.bundled().named(name);
            if (front.missing() == null && !LEFT_OUT.contains(name)) {
                new FrontsBenchmark().row(front);
            }
        }
        System.exit(0);
    }

    private void row(Front front) throws Exception {
        try (FrontBench bench = new FrontBench(front, Front.GOOD)) {
            List<Double> straight = new ArrayList<>();
            List<Double> through = new ArrayList<>();
            // The first ones make programs and code warm, and are not counted.
            open(bench, WARM_UP, new ArrayList<>(), new ArrayList<>());
            long before = frontBytes();
            int opened = open(bench, SESSIONS, through, straight);
            double each = (frontBytes() - before) / 1024.0 / Math.max(1, opened);
            System.out.printf(
                    "| %s | %,d | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %.1f KiB |%n",
                    front.name(),
                    opened,
                    quantile(through, 0.5),
                    quantile(through, 0.99),
                    quantile(straight, 0.5),
                    quantile(straight, 0.99),
                    each);
        } finally {
            open.forEach(Device::closeChannel);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** So many sessions through the front, which stay, and as many beside it, which go; ends where the front takes no more. */
    private int open(FrontBench bench, int count, List<Double> through, List<Double> straight) {
        for (int begun = 0; begun < count && through.size() == begun; begun += AT_ONCE) {
            open.addAll(open(bench.wsPort(), through));
            open(bench.gateway().port(), straight).forEach(Device::closeChannel);
        }
        return through.size();
    }

    private List<Device> open(int port, List<Double> millis) {
        List<Device> devices = new ArrayList<>();
        Deque<CompletableFuture<ConnectOutcome>> opening = new ArrayDeque<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Device device = device(port);
            devices.add(device);
            opening.add(device.openChannel());
        }
        for (CompletableFuture<ConnectOutcome> one : opening) {
            if (one.join() instanceof ConnectOutcome.Online online) {
                millis.add(online.elapsed().toNanos() / 1e6);
            }
        }
        return devices;
    }

    private Device device(int port) {
        Dialer dialer = (loop, host, nominalPort, pipeline) -> new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(pipeline)
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        DeviceConfig config = DeviceConfig.of(
                "door", DeviceProfile.named("xiaozhi-wifi"), "ws://" + Openssl.HOST + GatewayConfig.PATH);
        return new Device(
                config,
                new DeviceRuntime(group.next(), dialer, new SecureRandom(), InstantSource.system()),
                event -> {});
    }

    /** What all processes of the front hold for themselves: shared pages are divided among those that share them. */
    private static long frontBytes() throws IOException {
        long bytes = 0;
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            Path rollup = Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup");
            if (Files.exists(rollup)) {
                bytes += Files.readAllLines(rollup).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum();
            }
        }
        return bytes;
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
