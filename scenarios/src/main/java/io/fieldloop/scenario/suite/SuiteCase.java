package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.model.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case that can be run.
 *
 * @param id what reports call it: path below the suite without its ending, plus matrix values
 * @param argument what {@code fieldloop run} takes to run just this case
 * @param seed in place of the file's and the run's, or null
 * @param obstacle what keeps it from being run, a sentence; null if nothing does
 */
public record SuiteCase(
        String id,
        String argument,
        Scenario scenario,
        @Nullable Long seed,
        @Nullable String obstacle) {
    public SuiteCase(String id, String argument, Scenario scenario) {
        this(id, argument, scenario, null, null);
    }

    /** The same, but it cannot be run. */
    SuiteCase held(String sentence) {
        return new SuiteCase(id, argument, scenario, seed, sentence);
    }

    /** One case of those whose power goes at each write there is. */
    SuiteCase cutAt(int write) {
        Scenario one = scenario.cutAt(write);
        String open = axes(scenario);
        return new SuiteCase(id.replace(open, axes(one)), argument.replace(open, axes(one)), one, seed, null);
    }

    private static String axes(Scenario scenario) {
        return scenario.name().toString().substring(scenario.name().stem().length());
    }

    /**
     * The case once for each seed and time, as cases of their own: {@code tls/wrong-name#seed=7#2}.
     *
     * @param seeds none: the seed it has; a case that needs its own seed has no other
     */
    public List<SuiteCase> repeated(List<Long> seeds, int times) {
        List<SuiteCase> all = new ArrayList<>();
        for (SuiteCase seeded : seeds.isEmpty() || scenario.seedBecause() != null ? List.of(this) : seeded(seeds)) {
            for (int time = 1; time <= times; time++) {
                all.add(
                        times == 1
                                ? seeded
                                : new SuiteCase(seeded.id + "#" + time, argument, scenario, seeded.seed, null));
            }
        }
        return all;
    }

    private List<SuiteCase> seeded(List<Long> seeds) {
        return seeds.stream()
                .map(one -> new SuiteCase(id + "#seed=" + one, argument, scenario, one, null))
                .toList();
    }
}
