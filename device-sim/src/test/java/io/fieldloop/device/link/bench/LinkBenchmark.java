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

    private void delayError() throws Exception {
        LinkProfile profile = LinkProfile.NONE.with("upstream.delay", "50ms");
        Histogram late = new Histogram(3);
        for (long nanos : roundTrips(profile)) {
            late.recordValue(Math.max(0, nanos - DELAY_NANOS));
        }
        System.out.printf(
                "delay of 50 ms, n=%d: round trip is late by p50 %.3f ms, p99 %.3f ms, max %.3f ms%n",
                late.getTotalCount(),
                late.getValueAtPercentile(50) / 1e6,
                late.getValueAtPercentile(99) / 1e6,
                late.getMaxValue() / 1e6);
    }

    private void jitterDeviation() throws Exception {
        LinkProfile profile = LinkProfile.NONE.with("upstream.delay", "50ms").with("upstream.jitter", "5ms");
        List<Long> samples = roundTrips(profile);
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

    /** Round trips on a few connections side by side, each waiting for its echo. */
    private List<Long> roundTrips(LinkProfile profile) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        List<Long> all = new ArrayList<>();
        try (Front front = front(profile)) {
            List<Future<List<Long>>> parts = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                parts.add(threads.submit(() -> delayedRoundTrips(front.address())));
            }
            for (Future<List<Long>> part : parts) {
                all.addAll(part.get());
            }
        } finally {
            threads.shutdown();
        }
        return all;
    }

    private static List<Long> delayedRoundTrips(InetSocketAddress address) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (EchoClient client = new EchoClient(address, MESSAGE_BYTES)) {
            client.roundTripNanos();
            for (int i = 0; i < DELAYED_ROUND_TRIPS; i++) {
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
