package io.fieldloop.device.link.bench;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.LinkProxy;
import io.fieldloop.device.link.LinkProxyConfig;
import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.link.profile.LinkProfile;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Three figures: what the proxy adds to a round trip of 64 bytes, how far off a delay of 50 ms is, and how true the
 * deviation of a jitter is. Client and echo are plain blocking sockets, each with a thread of its own.
 */
public final class LinkBenchmark {
    private static final int MESSAGE_BYTES = 64;
    private static final int WARM_UP_ROUND_TRIPS = 40_000;
    private static final int BATCHES = 400;
    private static final int ROUND_TRIPS_PER_BATCH = 100;
    private static final int PARALLEL = 4;
    private static final int DELAYED_ROUND_TRIPS = 800;
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final EchoServer echo;
    private final MultiThreadIoEventLoopGroup group;

    private LinkBenchmark(EchoServer echo, MultiThreadIoEventLoopGroup group) {
        this.echo = echo;
        this.group = group;
    }

    public static void main(String[] args) throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, SocketTransport.preciseIoHandler());
        try (EchoServer echo = new EchoServer(MESSAGE_BYTES)) {
            LinkBenchmark benchmark = new LinkBenchmark(echo, group);
            System.out.printf(
                    "transport %s%n", SocketTransport.of(group).channel().getSimpleName());
            benchmark.addedRoundTrip();
            benchmark.delayError();
            benchmark.jitterDeviation();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private void addedRoundTrip() throws Exception {
        Histogram direct = new Histogram(3);
        Histogram proxied = new Histogram(3);
        try (Front front = front(LinkProfile.NONE);
                EchoClient straight = new EchoClient(echo.address(), MESSAGE_BYTES);
                EchoClient around = new EchoClient(front.address(), MESSAGE_BYTES)) {
            measure(straight, new Histogram(3), WARM_UP_ROUND_TRIPS);
            measure(around, new Histogram(3), WARM_UP_ROUND_TRIPS);
            for (int batch = 0; batch < BATCHES; batch++) {
                measure(straight, direct, ROUND_TRIPS_PER_BATCH);
                measure(around, proxied, ROUND_TRIPS_PER_BATCH);
            }
        }
        System.out.printf("round trip, 64 bytes, n=%d each, alternating%n", direct.getTotalCount());
        for (double percentile : new double[] {50, 99}) {
            double without = direct.getValueAtPercentile(percentile) / 1e3;
            double with = proxied.getValueAtPercentile(percentile) / 1e3;
            System.out.printf(
                    "  p%.0f  direct %.1f us, proxied %.1f us, added %.1f us%n",
                    percentile, without, with, with - without);
        }
    }

    /** Both ends have been asleep for 50 ms when a message comes, so the direct round trip must be made after that too. */
    private void delayError() throws Exception {
        Histogram direct = new Histogram(3);
        roundTrips(echo.address(), DELAY_NANOS).forEach(direct::recordValue);
        Histogram late = new Histogram(3);
        try (Front front = front(LinkProfile.NONE.with("upstream.delay", "50ms"))) {
            for (long nanos : roundTrips(front.address(), 0)) {
                late.recordValue(Math.max(0, nanos - DELAY_NANOS));
            }
        }
        System.out.printf("delay of 50 ms, n=%d%n", late.getTotalCount());
        for (double percentile : new double[] {50, 99}) {
            double with = late.getValueAtPercentile(percentile) / 1e6;
            double without = direct.getValueAtPercentile(percentile) / 1e6;
            System.out.printf(
                    "  p%.0f  round trip less 50 ms: %.3f ms, direct after 50 ms of idling %.3f ms, error %.3f ms%n",
                    percentile, with, without, with - without);
        }
    }

    private void jitterDeviation() throws Exception {
        LinkProfile profile = LinkProfile.NONE.with("upstream.delay", "50ms").with("upstream.jitter", "5ms");
        List<Long> samples;
        try (Front front = front(profile)) {
            samples = roundTrips(front.address(), 0);
        }
        double mean = samples.stream().mapToLong(Long::longValue).average().orElseThrow();
        double variance = samples.stream()
                .mapToDouble(sample -> (sample - mean) * (sample - mean))
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(variance);
        System.out.printf(
                "normal jitter of 5 ms around 50 ms, n=%d: mean %.2f ms, standard deviation %.3f ms (%+.1f %%)%n",
                samples.size(), mean / 1e6, deviation / 1e6, 100 * (deviation / JITTER_NANOS - 1));
    }

    /** Round trips on a few connections side by side, each waiting for its echo, and then for a while. */
    private static List<Long> roundTrips(InetSocketAddress address, long pauseNanos) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        List<Future<List<Long>>> parts = new ArrayList<>();
        for (int i = 0; i < PARALLEL; i++) {
            parts.add(threads.submit(() -> roundTripsOfOne(address, pauseNanos)));
        }
        threads.shutdown();
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> part : parts) {
            all.addAll(part.get());
        }
        return all;
    }

    private static List<Long> roundTripsOfOne(InetSocketAddress address, long pauseNanos) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (EchoClient client = new EchoClient(address, MESSAGE_BYTES)) {
            client.roundTripNanos();
            for (int i = 0; i < DELAYED_ROUND_TRIPS; i++) {
                LockSupport.parkNanos(pauseNanos);
                nanos.add(client.roundTripNanos());
            }
        }
        return nanos;
    }

    private static void measure(EchoClient client, Histogram into, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            into.recordValue(client.roundTripNanos());
        }
    }

    private Front front(LinkProfile profile) throws Exception {
        Link link = new Link(profile, 1, group.next(), event -> {});
        return new Front(
                link, LinkProxy.start(LinkProxyConfig.to(echo.address()), link).get());
    }

    /** A proxy and its link, closed together. */
    private record Front(Link link, LinkProxy proxy) implements AutoCloseable {
        InetSocketAddress address() {
            return proxy.address();
        }

        @Override
        public void close() {
            proxy.stop().join();
            link.close();
        }
    }
}
