package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import java.nio.file.Path;

/** Captures of scenarios run for a test. */
final class Captured {
    private Captured() {}

    /** The capture of the device {@code door} of a scenario in virtual time. */
    static Path door(Path folder, String scenario) {
        LoadResult loaded = new ScenarioLoader().load("captured.yaml", scenario);
        if (loaded instanceof LoadResult.Broken broken) {
            throw new AssertionError(broken.problems());
        }
        SuiteCase one = new SuiteCase(
                "captured", "captured.yaml", ((LoadResult.Ready) loaded).cases().get(0));
        new CaseRunner(RigFactory.virtual().capturing(), null, System::nanoTime).run(one, folder, entry -> {});
        return folder.resolve("door.pcapng");
    }
}
