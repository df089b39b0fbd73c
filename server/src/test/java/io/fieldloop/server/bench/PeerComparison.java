package io.fieldloop.server.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Servers that do the same work in turns: how much each does per second of its own CPU time, printed as a row of a table.
 *
 * @param rounds how often each has its turn
 * @param warmUpRoundsGateway rounds that do not count for the first server, which runs on a JVM
 * @param warmUpRoundsPeer the same for the others
 */
record PeerComparison(int rounds, int warmUpRoundsGateway, int warmUpRoundsPeer) {
    /** Prints the median of each and its range, and the first server as a multiple of the second: the median of each round's, and their range. */
    void compare(String what, List<ServerProcess> servers, int count, Preparation preparation) throws Exception {
        Map<ServerProcess, Work> work = new LinkedHashMap<>();
        Map<ServerProcess, double[]> rates = new LinkedHashMap<>();
        for (ServerProcess server : servers) {
            Work prepared = preparation.of(server);
            prepared.run(count * (work.isEmpty() ? warmUpRoundsGateway : warmUpRoundsPeer));
            work.put(server, prepared);
            rates.put(server, new double[rounds]);
        }
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<ServerProcess, Work> each : work.entrySet()) {
                double before = each.getKey().cpuSeconds();
                each.getValue().run(count);
                rates.get(each.getKey())[round] = count / (each.getKey().cpuSeconds() - before);
            }
        }
        double[] ratios = new double[rounds];
        Arrays.setAll(ratios, r -> rates.get(servers.get(0))[r] / rates.get(servers.get(1))[r]);
        Arrays.sort(ratios);
        StringBuilder row = new StringBuilder("| ").append(what);
        for (double[] each : rates.values()) {
            Arrays.sort(each);
            row.append(String.format(
                    Locale.ROOT, " | %,.0f (%,.0f to %,.0f)", each[rounds / 2], each[0], each[rounds - 1]));
        }
        System.out.println(row.append(String.format(
                Locale.ROOT, " | %.2f x (%.2f to %.2f) |", ratios[rounds / 2], ratios[0], ratios[rounds - 1])));
    }

    /** Brings clients online, where the work itself does not. */
    interface Preparation {
        Work of(ServerProcess server) throws Exception;
    }

    /** So many of something. */
    interface Work {
        void run(int count) throws Exception;
    }
}
