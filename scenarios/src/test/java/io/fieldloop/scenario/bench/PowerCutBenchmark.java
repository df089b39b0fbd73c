package io.fieldloop.scenario.bench;

import io.fieldloop.qemu.runner.MachineDirectory;
import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.FirmwareRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.FirmwareForTests;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long the power-cut matrix of one change of settings takes, 20 writes in 3 ways, with the story before the cut played once and, in the
 * same run, played for each case.
 *
 * <p>The device was in a session over TLS before it is given its new settings, as one in the field is.
 */
public final class PowerCutBenchmark {
    private static final Path FIRMWARE = Path.of("..", "qemu", "firmware", "out", "lx60.elf");
    private static final int SECONDS_AIM = 60;
    private static final int TIMES_AIM = 3;
    private static final String OLD = "ws://gateway.test:8000/xiaozhi/v1/?old";

    private static final String SCENARIO = """
            scenario: New settings three times, into what is left of a page and into the next
            firmware: { settings: { store-bytes: "4096" } }
            devices: { door: { url: "wss://gateway.test/xiaozhi/v1/" } }
            steps:
              - connect: door
              - talk: { devices: door, speech: 1s }
              - disconnect: door
              - console: { of: door, write: "%s" }
              - wait: 500ms
              - console: { of: door, write: "%s" }
                power: { cut: nvs, at-write: 1..20 }
              - { connect: door, as: back }
            expect: [{ event: power-lost }, { device: door, is: online, before: back }]
            """.formatted(typed(4), typed(3));

    private PowerCutBenchmark() {}

    /** Five sets fill a page. */
    private static String typed(int times) {
        return ("set url " + OLD + "\\n").repeat(times).replaceFirst("\\\\n$", "");
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(Stopwatch.machine());
        try (MachineDirectory evidence = MachineDirectory.create()) {
            compare(evidence.path());
        }
    }

    /** Forks first and last, so that a machine that grows quieter or busier favours neither. */
    private static void compare(Path evidence) throws Exception {
        double first = seconds(true, evidence.resolve("first"));
        double whole = seconds(false, evidence.resolve("whole"));
        double last = seconds(true, evidence.resolve("last"));
        System.out.printf(
                Locale.ROOT,
                "from save points %.0f and %.0f s (aim %d s), %.1f times as fast as from the start (aim %d times)%n",
                first,
                last,
                SECONDS_AIM,
                2 * whole / (first + last),
                TIMES_AIM);
    }

    private static double seconds(boolean forks, Path evidence) throws Exception {
        long began = System.nanoTime();
        Stopwatch watch = new Stopwatch();
        long passed = passed(forks, evidence);
        System.out.printf(
                "%s: %d of 60 passed, %s%n", forks ? "from save points" : "each from the start", passed, watch);
        return (System.nanoTime() - began) / 1e9;
    }

    private static long passed(boolean forks, Path evidence) throws Exception {
        FirmwareChoice choice = FirmwareForTests.choice(new ProcessEmulator(), FIRMWARE);
        FirmwareRigs rigs = new FirmwareRigs(choice, List.of(), FirmwareRigs.usualAtOnce(), null, forks, null);
        CaseRunner runner = new CaseRunner(rigs, null, System::nanoTime);
        ExecutorService workers = Executors.newFixedThreadPool(rigs.atOnce());
        try {
            List<Callable<Verdict>> cases = new ArrayList<>();
            for (Scenario one : loaded()) {
                SuiteCase named = new SuiteCase(one.name().toString(), "power-cut", one);
                cases.add(() -> runner.run(named, evidence.resolve(named.id()), entry -> {})
                        .verdict());
            }
            long passed = 0;
            for (Future<Verdict> verdict : workers.invokeAll(cases)) {
                passed += verdict.get() == Verdict.PASSED ? 1 : 0;
            }
            return passed;
        } finally {
            workers.shutdown();
        }
    }

    private static List<Scenario> loaded() {
        LoadResult loaded = new ScenarioLoader().load("power-cut", SCENARIO);
        if (loaded instanceof LoadResult.Ready ready) {
            return ready.cases();
        }
        throw new IllegalStateException(loaded.toString());
    }
}
