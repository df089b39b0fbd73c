package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.shape.yaml.Problem;
import java.util.List;

/** What became of a scenario file: its cases, or everything that is wrong with it. */
public sealed interface LoadResult {
    /** The file as the user named it. */
    String file();

    /**
     * A file without a fault.
     *
     * @param cases one, or one for each combination of its matrix
     */
    record Ready(String file, List<Scenario> cases) implements LoadResult {
        public Ready {
            cases = List.copyOf(cases);
        }
    }

    /**
     * A file that cannot be run.
     *
     * @param problems at least one, in file order
     */
    record Broken(String file, List<Problem> problems) implements LoadResult {
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
