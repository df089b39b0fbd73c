package io.fieldloop.qemu.link;

import io.fieldloop.qemu.OwnsWallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a modem between the reference firmware and its gateway adds to a round trip, where bytes take no time on the wire: a ping over
 * Ethernet, over PPP and through an ML307's socket, by turns in one run:
 * {@code mvn -q -Pbench-qemu -pl qemu -am process-test-classes -Dbench=ModemRoundTripBenchmark}.
 */
@OwnsWallClock("it measures")
final class ModemRoundTripBenchmark {
    private static final int ROUND_TRIPS = 200;
    private static final int ROUNDS = 5;
    private static final int PING_BYTES = 64;

    private ModemRoundTripBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("fm");
        try (FirmwareBench ethernet = FirmwareBench.linked(directory.resolve("e"), RelayBench.profile(), null);
                FirmwareBench ppp = FirmwareBench.behindModem(directory.resolve("p"), "ppp");
                FirmwareBench at = FirmwareBench.behindModem(directory.resolve("a"), "ml307")) {
            Map<String, FirmwareBench> benches = new LinkedHashMap<>();
            benches.put("Ethernet", ethernet);
            benches.put("PPP", ppp);
            benches.put("ML307", at);
            for (FirmwareBench bench : benches.values()) {
                bench.gateway.welcome();
                measured(bench);
            }
            Map<String, double[]> millis = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, FirmwareBench> bench : benches.entrySet()) {
                    millis.merge(bench.getKey(), measured(bench.getValue()), ModemRoundTripBenchmark::joined);
                }
            }
            millis.forEach((name, all) -> System.out.printf(
                    Locale.ROOT,
                    "round trip of a ping, %s: %.3f ms p50, %.3f ms p99, n = %d%n",
                    name,
                    at(all, 50),
                    at(all, 99),
                    all.length));
        }
    }

    private static double[] measured(FirmwareBench bench) throws Exception {
        double[] millis = new double[ROUND_TRIPS];
        for (int i = 0; i < ROUND_TRIPS; i++) {
            millis[i] = bench.roundTripNanos(PING_BYTES) / 1e6;
        }
        return millis;
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static double at(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
