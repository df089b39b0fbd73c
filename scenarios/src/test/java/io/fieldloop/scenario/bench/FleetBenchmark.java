package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a fleet on MQTT, UDP and OTA costs: a day of keep-alives and the whole OTA ladder in virtual time, and a minute of voice on real
 * sockets.
 *
 * <p>Give {@code keep-alives}, {@code ladder} or {@code voice} to run one of them alone in its JVM. Each runs three times, since the first
 * pays for the JVM.
 */
public final class FleetBenchmark {
    private static final int RUNS = 3;

    private static final String KEEP_ALIVES = """
            scenario: A day of a hundred devices on MQTT
            gateway: { limits: { connections-per-source: 1000 } }
            devices: { fleet: { count: 100, mqtt: {} } }
            steps: [{ wait: 24h }]
            expect:
              - { event: mqtt-connected, of: device, count: 100 }
              - { event: mqtt-disconnected, of: device, count: 0 }
            """;

    private static final String LADDER = """
            scenario: The OTA ladder of a hundred devices
            gateway: { limits: { connections-per-source: 1000 }, ota: {}, faults: [{ do: ota-status, status: 500 }] }
            devices: { fleet: { count: 100, ota: {} } }
            steps: [{ boot: fleet }]
            expect: [{ event: ota-given-up, count: 100 }]
            """;

    private static final String VOICE = """
            scenario: A minute in which five hundred devices speak and are answered
            gateway: { limits: { connections-per-source: 1000 } }
            devices: { fleet: { count: 500, mqtt: {} } }
            steps: [{ connect: all }, { talk: { devices: all, speech: 2s, turns: 15 } }, { disconnect: all }]
            expect: [{ event: turn-completed, of: device, count: 7500 }]
            """;

    private FleetBenchmark() {}

    public static void main(String[] arguments) {
        List<String> only =
                arguments.length == 0 ? List.of("keep-alives", "ladder", "voice") : Arrays.asList(arguments);
        System.out.println(Stopwatch.machine());
        if (only.contains("keep-alives")) {
            repeat("keep-alives", KEEP_ALIVES, VirtualRigs.factory(), RUNS);
        }
        if (only.contains("ladder")) {
            repeat("ladder", LADDER, VirtualRigs.factory(), RUNS);
        }
        if (only.contains("voice")) {
            repeat("voice", VOICE, SocketRigs.factory(), 1);
        }
    }

    private static void repeat(String name, String scenario, RigFactory rigs, int runs) {
        for (int run = 1; run <= runs; run++) {
            Stopwatch watch = new Stopwatch();
            ScenarioResult result = BenchScenario.run(name, scenario, rigs, entry -> {});
            BenchScenario.print(name, result, watch);
            tellVoice(result);
        }
    }

    /** By both ends, each of what it heard. */
    private static void tellVoice(ScenarioResult result) {
        List<JournalEntry> closed = result.journal().stream()
                .filter(entry -> entry.kind().equals("voice-closed"))
                .toList();
        if (!closed.isEmpty()) {
            System.out.printf(
                    "  upstream %d heard, %d lost, %d late, %d gaps over 200 ms; downstream %d heard, %s lost, %s late, jitter at most %s%n",
                    sum(closed, "received", "mos"),
                    sum(closed, "lost", "mos"),
                    sum(closed, "late", "mos"),
                    sum(closed, "gaps", "mos"),
                    sum(closed, "received", "longest-gap"),
                    time(closed, "lost"),
                    time(closed, "late"),
                    closed.stream()
                            .map(entry -> (Duration) entry.attributes().get("jitter"))
                            .max(Duration::compareTo)
                            .orElse(Duration.ZERO));
        }
    }

    /** Of those entries that have {@code besides} too, which tells the two ends apart. */
    private static long sum(List<JournalEntry> closed, String attribute, String besides) {
        return closed.stream()
                .filter(entry -> entry.attributes().containsKey(besides))
                .mapToLong(entry -> ((Number) entry.attributes().get(attribute)).longValue())
                .sum();
    }

    private static Duration time(List<JournalEntry> closed, String attribute) {
        return closed.stream()
                .map(entry -> entry.attributes().get(attribute))
                .filter(Duration.class::isInstance)
                .map(Duration.class::cast)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
