package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.suite.BundledSuite;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of the suite with its cases.
 *
 * @param name path below the suite without its ending
 */
record SuiteDocument(String name, List<Scenario> cases) {
    private static final ScenarioLoader LOADER = new ScenarioLoader();
    private static final Pattern BETWEEN_AXES = Pattern.compile(",(?=[a-z0-9-]+=)");

    static List<SuiteDocument> all() {
        return BundledSuite.files().entrySet().stream()
                .map(file ->
                        new SuiteDocument(file.getKey().replace(".yaml", ""), cases(file.getKey(), file.getValue())))
                .toList();
    }

    private static List<Scenario> cases(String name, String text) {
        LoadResult loaded = LOADER.load(name, text);
        if (loaded instanceof LoadResult.Broken broken) {
            throw new AssertionError(broken.problems());
        }
        return ((LoadResult.Ready) loaded).cases();
    }

    String folder() {
        return name.substring(0, name.indexOf('/'));
    }

    /** The values of a case, {@code axis=value} each; none where there is no matrix. */
    static List<String> axes(Scenario one) {
        String values = one.name().toString().substring(one.name().stem().length());
        return values.isEmpty()
                ? List.of()
                : BETWEEN_AXES
                        .splitAsStream(values.substring(1, values.length() - 1))
                        .toList();
    }
}
