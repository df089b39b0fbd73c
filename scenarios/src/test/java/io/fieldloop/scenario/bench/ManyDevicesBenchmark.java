package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.expect.Timeline;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.util.stream.IntStream;

/**
 * What each of many devices costs that connect over TLS and then are pinged every 30 s for an hour, in virtual time and with every event
 * in the journal: heap at the end of the hour, all of them online, and CPU time.
 *
 * <p>Give numbers of devices; 1,000 and 8,000 without. One device comes first, for what the JVM takes itself.
 */
public final class ManyDevicesBenchmark {
    private static final String SCENARIO = """
            scenario: An hour of many devices
            gateway: { idle: 2h, ping: { every: 30s } }
            devices: { fleet: { count: %d } }
            steps: [{ connect: all }, { wait: 1h, as: hour }]
            expect: [{ device: fleet, is: online }, { never: { device: fleet, is: offline } }]
            """;

    private ManyDevicesBenchmark() {}

    public static void main(String[] arguments) {
        int[] numbers = arguments.length == 0
                ? new int[] {1000, 8000}
                : IntStream.range(0, arguments.length)
                        .map(i -> Integer.parseInt(arguments[i]))
                        .toArray();
        System.out.println(Stopwatch.machine());
        long own = heapAfter(1);
        for (int devices : numbers) {
            System.out.printf("  %.1f KiB of heap for each device%n", (heapAfter(devices) - own) / 1024.0 / devices);
        }
    }

    private static long heapAfter(int devices) {
        long[] bytes = {0};
        Stopwatch watch = new Stopwatch();
        ScenarioResult result = BenchScenario.run(
                devices + " devices",
                SCENARIO.formatted(devices),
                VirtualRigs.factory(),
                entry -> bytes[0] = isEnd(entry) ? heap() : bytes[0]);
        BenchScenario.print(devices + " devices", result, watch);
        return bytes[0];
    }

    private static boolean isEnd(JournalEntry entry) {
        return entry.kind().equals(Timeline.STEP_ENDED)
                && "hour".equals(entry.attributes().get("label"));
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
