package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.time.Duration;

/**
 * How long a day of 100 devices takes in virtual time, all of them over TLS and pinged every 30 s.
 *
 * <p>Twice: with listeners that only count, which is the cost of rig, gateway, links and devices; and as a scenario, whose journal
 * keeps every ping. Give {@code rig} or {@code scenario} to run one of them alone in its JVM.
 */
public final class VirtualDayBenchmark {
    private static final int DEVICES = 100;
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration PING_EVERY = Duration.ofSeconds(30);

    private static final String SCENARIO = """
            scenario: A day of a hundred devices
            gateway: { idle: 25h, ping: { every: 30s } }
            devices:
              fleet: { count: 100 }
            steps: [{ connect: all }, { wait: 24h }]
            expect:
              - { device: fleet, is: online }
              - { event: pong-received, of: gateway, count: ">= 287900" }
              - { never: { device: fleet, is: offline } }
            """;

    private VirtualDayBenchmark() {}

    public static void main(String[] arguments) {
        String only = arguments.length == 0 ? "" : arguments[0];
        System.out.println(Stopwatch.machine());
        if (!only.equals("scenario")) {
            runOnRig();
        }
        if (!only.equals("rig")) {
            runAsScenario();
        }
    }

    private static void runOnRig() {
        Stopwatch watch = new Stopwatch();
        VirtualDay.Tally tally = new VirtualDay(DEVICES, PING_EVERY).run(DAY);
        System.out.printf(
                "rig, events counted and not kept: %s simulated, %d pings, %d pongs, %d channels lost: %s%n",
                Duration.ofNanos(tally.simulatedNanos()), tally.pings(), tally.pongs(), tally.channelsLost(), watch);
    }

    private static void runAsScenario() {
        Stopwatch watch = new Stopwatch();
        ScenarioResult result = BenchScenario.run("day", SCENARIO, VirtualRigs.factory(), entry -> {});
        BenchScenario.print("scenario, every event in the journal", result, watch);
    }
}
