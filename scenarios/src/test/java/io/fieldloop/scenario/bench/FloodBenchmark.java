package io.fieldloop.scenario.bench;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.tls.TlsConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A hardened gateway with its defaults under a minute of hostile traffic, and one device that talks all the while.
 *
 * <p>Gateway and device are this process, the flood is another. Argument: connections per second.
 */
public final class FloodBenchmark {
    private static final int RATE_PER_SECOND = 1_000;
    private static final int SECONDS = 60;
    private static final int QUIET_SECONDS = 30;
    private static final int FRAMES_PER_SECOND = 16;
    /** Longer than every deadline of a handshake, than a ban, and than what a refusal is remembered for. */
    private static final Duration AFTERMATH = Duration.ofSeconds(75);

    private FloodBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : RATE_PER_SECOND;
        System.out.println(Stopwatch.machine());
        Heard heard = new Heard();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (Gateway gateway =
                Gateway.start(config(), GatewayRuntime.onSockets(group), heard).get(10, TimeUnit.SECONDS)) {
            flood(gateway, rate, 10); // classes, compiled code, and what a pool keeps
            Thread.sleep(AFTERMATH.toMillis());
            long heapBefore = heapBytes();
            long filesBefore = openFiles();
            try (TalkingDevice device = new TalkingDevice(port(gateway, "wss"))) {
                print("quiet", device.speak(QUIET_SECONDS * FRAMES_PER_SECOND));
                device.listen();
                Process flood = flooding(gateway, rate, SECONDS);
                print("flood", device.speak(SECONDS * FRAMES_PER_SECOND));
                device.listen();
                requireEnded(flood);
                printFrames(device, heard);
            }
            Thread.sleep(AFTERMATH.toMillis());
            System.out.printf(
                    Locale.ROOT,
                    "heap %,d KB before, %,d KB after; open files %d before, %d after; refused %,d%n",
                    heapBefore / 1024,
                    heapBytes() / 1024,
                    filesBefore,
                    openFiles(),
                    gateway.refusals().total());
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    private static void printFrames(TalkingDevice device, Heard heard) {
        System.out.printf(
                Locale.ROOT,
                "device: %d frames spoken, %d arrived; %d frames of reply sent, %d arrived%n",
                (QUIET_SECONDS + SECONDS) * FRAMES_PER_SECOND,
                heard.framesIn.get(),
                heard.framesOut.get(),
                device.framesHeard());
    }

    private static void print(String when, List<Double> millis) {
        System.out.printf(
                Locale.ROOT,
                "%s: round trip %.2f ms p50, %.2f ms p99, %.2f ms max, n = %d%n",
                when,
                at(millis, 50),
                at(millis, 99),
                at(millis, 100),
                millis.size());
    }

    private static double at(List<Double> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static GatewayConfig config() throws Exception {
        InstantSource clock = InstantSource.system();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TlsConfig tls = TlsConfig.serving(new CertificateAuthority(clock, new SecureRandom())
                .issue(CertificateRequest.of(List.of("gateway.test"), clock.instant(), Duration.ofDays(1))));
        return GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", anyPort))
                .listener(ListenerConfig.secure("wss", anyPort, tls))
                .build();
    }

    private static int port(Gateway gateway, String listener) {
        return ((InetSocketAddress) gateway.address(listener)).getPort();
    }

    private static void flood(Gateway gateway, int rate, int seconds) throws Exception {
        requireEnded(flooding(gateway, rate, seconds));
    }

    private static Process flooding(Gateway gateway, int rate, int seconds) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FloodProcess.class.getName(),
                        String.valueOf(port(gateway, "ws")),
                        String.valueOf(port(gateway, "wss")),
                        String.valueOf(rate),
                        String.valueOf(seconds))
                .inheritIO()
                .start();
    }

    private static void requireEnded(Process flood) throws InterruptedException {
        if (flood.waitFor() != 0) {
            throw new IllegalStateException("The flood ended with " + flood.exitValue());
        }
    }

    private static long openFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    /** In use after a collection; the later ones free what the first one's cleaners let go. */
    private static long heapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What the gateway heard of the device and said to it. */
    private static final class Heard implements GatewayListener {
        private final AtomicLong framesIn = new AtomicLong();
        private final AtomicLong framesOut = new AtomicLong();

        @Override
        public void onEvent(GatewayEvent event) {
            if (event instanceof GatewayEvent.AudioReceived received) {
                framesIn.addAndGet(received.frames());
            } else if (event instanceof GatewayEvent.AudioSent sent) {
                framesOut.addAndGet(sent.frames());
            }
        }
    }
}
