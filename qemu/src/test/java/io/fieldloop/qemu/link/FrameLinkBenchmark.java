package io.fieldloop.qemu.link;

import io.fieldloop.qemu.OwnsWallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the frame link costs the reference firmware, against QEMU's user network alone, both in this run and by turns:
 * {@code mvn -q -Pbench-qemu -pl qemu -am process-test-classes}.
 */
@OwnsWallClock("it measures")
final class FrameLinkBenchmark {
    private static final int ROUND_TRIPS = 500;
    private static final int ROUNDS = 6;
    private static final int LONG_ROUNDS = 10;
    private static final int MESSAGE_BYTES = 1000;
    private static final double UNPACED = 0;

    /** What 100 Mbit/s Ethernet carries of WebSocket messages of that size, in segments of 1,440 bytes: MB/s. */
    private static final double LINE_RATE = 12.5 * 1440 / (1440 + 54 + 24) * MESSAGE_BYTES / (MESSAGE_BYTES + 4);

    private FrameLinkBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("fl");
        try (FirmwareBench direct = FirmwareBench.direct(directory.resolve("d"));
                FirmwareBench linked = FirmwareBench.linked(directory.resolve("l"), RelayBench.profile(), null);
                FirmwareBench delayed =
                        FirmwareBench.linked(directory.resolve("w"), RelayBench.profile("delay", "50ms"), null)) {
            direct.gateway.welcome();
            linked.gateway.welcome();
            delayed.gateway.welcome();
            roundTrips(direct, linked);
            throughput("WebSocket at 100 Mbit/s", ROUNDS, 60_000, LINE_RATE, direct, linked);
            throughput("WebSocket", ROUNDS, 40_000, UNPACED, direct, linked);
            waits(delayed);
            secureThroughput(directory);
        } finally {
            delete(directory);
        }
    }

    private static void roundTrips(FirmwareBench direct, FirmwareBench linked) throws Exception {
        measured(direct, ROUND_TRIPS);
        measured(linked, ROUND_TRIPS);
        double[] without = {};
        double[] with = {};
        for (int round = 0; round < ROUNDS; round++) {
            without = joined(without, measured(direct, ROUND_TRIPS));
            with = joined(with, measured(linked, ROUND_TRIPS));
        }
        print("round trip of a ping, direct", without);
        print("round trip of a ping, through the link", with);
        System.out.printf(
                Locale.ROOT,
                "added: %.3f ms p50, %.3f ms p99%n",
                at(with, 50) - at(without, 50),
                at(with, 99) - at(without, 99));
    }

    private static void waits(FirmwareBench delayed) throws Exception {
        print("round trip of a ping, 50 ms each way", measured(delayed, 100));
    }

    private static void secureThroughput(Path directory) throws Exception {
        StubTls tls = StubTls.in(directory);
        try (FirmwareBench direct = FirmwareBench.secure(directory.resolve("sd"), null, tls);
                FirmwareBench linked = FirmwareBench.secure(directory.resolve("sl"), RelayBench.profile(), tls)) {
            direct.gateway.welcome();
            linked.gateway.welcome();
            megabytesPerSecond(linked, 6_000, UNPACED);
            throughput("WebSocket over TLS", LONG_ROUNDS, 12_000, UNPACED, direct, linked);
        }
    }

    private static void throughput(
            String what, int rounds, int messages, double pace, FirmwareBench direct, FirmwareBench linked)
            throws Exception {
        double[] without = new double[rounds];
        double[] with = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            without[round] = megabytesPerSecond(direct, messages, pace);
            with[round] = megabytesPerSecond(linked, messages, pace);
        }
        print(what + " to the firmware, direct, MB/s", without);
        print(what + " to the firmware, through the link, MB/s", with);
        System.out.printf(Locale.ROOT, "share: %.0f %%%n", 100 * at(with, 50) / at(without, 50));
    }

    /** How fast messages go down, at {@code pace} MB/s at most, until the device answers what comes after them. */
    private static double megabytesPerSecond(FirmwareBench bench, int messages, double pace) throws Exception {
        byte[] message = new byte[MESSAGE_BYTES];
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            if (pace != UNPACED) {
                waitUntil(start + (long) (1e3 * i * MESSAGE_BYTES / pace));
            }
            bench.gateway.send(message);
        }
        bench.gateway.ping(new byte[1]);
        return 1e3 * messages * MESSAGE_BYTES / (System.nanoTime() - start);
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static double[] measured(FirmwareBench bench, int times) throws Exception {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            millis[i] = bench.roundTripNanos(64) / 1e6;
        }
        return millis;
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static void print(String what, double[] values) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.3f p50, %.3f p99, %.3f to %.3f, n = %d%n",
                what,
                at(values, 50),
                at(values, 99),
                at(values, 0),
                at(values, 100),
                values.length);
    }

    private static double at(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
