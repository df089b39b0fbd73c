package io.fieldloop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Firmware that crashes under a file that says nothing of it, names it, or tolerates it. */
final class CrashCheckerTest {
    private static final String ONLINE = "{ device: door, is: online }";

    private final AtomicLong nowNanos = new AtomicLong();
    private final Journal journal = new Journal(nowNanos::get);

    @Test
    void aCrashThatNoExpectationNamesFailsTheCaseAndStandsFirst() {
        panicAndReset(3, "LoadProhibited");
        panicAndReset(6, "LoadProhibited");
        device(9, "reset", Map.of("cause", "SW_RESET"));
        device(10, "online", Map.of());

        List<ExpectationResult> results = judge(ONLINE, "");

        assertThat(results).extracting(ExpectationResult::verdict).containsExactly(Verdict.FAILED, Verdict.PASSED);
        assertThat(results.get(0).sentence())
                .isEqualTo("door panicked 2 times, LoadProhibited; reset 3 times (the first at 3.000s).");
        assertThat(results.get(0).explanation()).contains("`tolerates: [panic]` lets the case pass");
        assertThat(results.get(0).evidence()).containsExactly(0L, 2L);
    }

    @Test
    void itStandsBeforeTheExpectationThatItBroke() {
        panicAndReset(3, "LoadProhibited");
        device(3, "offline", Map.of("reason", "connection-lost"));

        List<ExpectationResult> results = judge("{ never: { device: door, is: offline } }", "");

        assertThat(results).extracting(ExpectationResult::verdict).containsExactly(Verdict.FAILED, Verdict.FAILED);
        assertThat(results.get(0).explanation()).startsWith("door panicked once, LoadProhibited; reset once");
    }

    @Test
    void aCrashThatAnExpectationNamesIsThatExpectationsAlone() {
        panicAndReset(3, "LoadProhibited");

        assertThat(judge("{ event: guru-meditation, of: device, actor: door, count: 1 }", ""))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED);
        assertThat(judge("{ never: { event: guru-meditation } }", ""))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.FAILED);
        assertThat(judge("{ event: guru-meditation, actor: lamp, count: 0 }", ""))
                .as("that of another device is not named")
                .hasSize(2);
    }

    @Test
    void aToleratedCrashIsToldAndPasses() {
        panicAndReset(3, "LoadProhibited");

        ExpectationResult told = judge("{ never: { device: door, is: offline } }", "tolerates: [panic]")
                .get(0);

        assertThat(told.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(told.explanation())
                .isEqualTo("door panicked once, LoadProhibited; reset once (the first at 3.000s).");
        assertThat(judge(ONLINE, "tolerates: [boot-loop]").get(0).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatAWatchdogDoesUpToTheResetIsOneCrash() {
        device(3, "watchdog-triggered", Map.of("watchdog", "task"));
        device(3, "panic", Map.of("reason", "abort", "message", "abort() was called at PC 0x400d"));
        device(4, "watchdog-reset", Map.of("cause", "TG0WDT_SYS_RESET"));

        assertThat(judge("{ event: watchdog-triggered }", ""))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED);
        assertThat(judge("{ never: { device: door, is: offline } }", "").get(0).explanation())
                .startsWith("door was reset by its watchdog once, task; reset once");
    }

    @Test
    void anExceptionIsNotLaidToAWatchdogThatOnlyWarned() {
        device(3, "watchdog-triggered", Map.of("watchdog", "task"));
        panicAndReset(60, "LoadProhibited");

        assertThat(judge("{ event: watchdog-triggered }", "")).hasSize(2);
    }

    @Test
    void aBootLoopIsToldWithWhatTheBootloaderSaid() {
        device(9, "boot-loop", Map.of("resets", 4L, "cause", "no app partition is bootable"));
        assertThat(judge(ONLINE, "").get(0).explanation())
                .startsWith("door went into a boot loop, no app partition is bootable (the first at 9.000s).");
    }

    @Test
    void aBootLoopIsTold() {
        device(9, "boot-loop", Map.of("resets", 5L));

        assertThat(judge("{ never: { device: door, is: offline } }", "").get(0).explanation())
                .startsWith("door went into a boot loop (the first at 9.000s). No expectation names it;"
                        + " `tolerates: [boot-loop]`");
    }

    @Test
    void aResetAndAWarningOfAWatchdogAreNoCrash() {
        device(3, "reset", Map.of("cause", "SW_RESET"));
        device(5, "watchdog-triggered", Map.of("watchdog", "task"));

        assertThat(judge("{ never: { device: door, is: offline } }", "")).hasSize(1);
    }

    private void panicAndReset(long second, String cause) {
        device(second, "guru-meditation", Map.of("cause", cause, "core", 0L));
        device(second, "reset", Map.of("cause", "SW_CPU_RESET"));
    }

    private void device(long second, String kind, Map<String, Object> attributes) {
        nowNanos.set(TimeUnit.SECONDS.toNanos(second));
        journal.write(Lane.DEVICE, "door", kind, attributes);
    }

    private List<ExpectationResult> judge(String expectation, String more) {
        String text =
                "scenario: judged\ndevices: { door: {}, lamp: {} }\nexpect:\n  - " + expectation + "\n" + more + "\n";
        LoadResult loaded = new ScenarioLoader().load("judged.yaml", text);
        assertThat(loaded).as(text).isInstanceOf(LoadResult.Ready.class);
        return new Judge(((LoadResult.Ready) loaded).cases().get(0), Set.of(), Set.of())
                .judge(new Timeline(journal.entries(), TimeUnit.SECONDS.toNanos(100)));
    }
}
