package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.catalogue.ScenarioDialect;
import io.fieldloop.scenario.loader.matrix.ExpandedCase;
import io.fieldloop.scenario.loader.matrix.Matrix;
import io.fieldloop.scenario.model.CaseName;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.shape.Binder;
import io.fieldloop.scenario.shape.Shape;
import io.fieldloop.scenario.shape.yaml.DefaultNodes;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Loads scenario files.
 *
 * <p>Finds as many problems as it can in one pass. No file makes it throw. One loader may load any number of files, also
 * from several threads.
 */
public final class ScenarioLoader {
    private final Shape.Mapping shape = ScenarioDialect.scenario();
    private final DefaultNodes fallbacks = new DefaultNodes();

    public LoadResult load(Path path) {
        String file = path.toString();
        return load(file, problems -> YamlTree.read(path, problems::add));
    }

    /**
     * Loads a scenario from memory.
     *
     * @param name what to call it in problems, a file name
     */
    public LoadResult load(String name, String text) {
        return load(name, problems -> YamlTree.parse(name, text, problems::add));
    }

    private LoadResult load(String file, Function<List<Problem>, Optional<Node>> read) {
        List<Problem> problems = new ArrayList<>();
        Optional<Node> root = read.apply(problems);
        if (root.isEmpty()) {
            return new LoadResult.Broken(file, problems);
        }
        if (!(root.get() instanceof MappingNode mapping)) {
            SourcePosition position = Nodes.position(root.get(), new SourcePosition(file, 1, 1));
            String found = "found " + Nodes.kind(root.get());
            return new LoadResult.Broken(
                    file, List.of(new Problem(position, "", found, "a mapping with the keys of a scenario", null)));
        }
        return bind(file, mapping, problems);
    }

    private LoadResult bind(String file, MappingNode root, List<Problem> problems) {
        List<ExpandedCase> cases = new Matrix(file, stem(file), problems::add).expand(root);
        CaseProblems found = new CaseProblems(problems, cases.size());
        List<Scenario> scenarios = new ArrayList<>();
        for (ExpandedCase expanded : cases) {
            List<Problem> ofCase = new ArrayList<>();
            Declarations declarations = Declarations.of(expanded.root(), file, ofCase::add);
            Binder binder = new Binder(declarations, fallbacks, Map.of(CaseName.class, expanded.name()), ofCase::add);
            if (binder.bind(shape, expanded.root(), Place.file(file)) instanceof Scenario scenario) {
                Duration ends = new StepTimes(ofCase::add).earliestEnd(scenario.steps(), Duration.ZERO, "steps");
                new StartLimitChecker(ofCase::add).check(scenario, ends.plus(scenario.ends()));
                scenarios.add(scenario);
            }
            found.add(expanded.name(), ofCase);
        }
        List<Problem> all = found.inFileOrder();
        return all.isEmpty() ? new LoadResult.Ready(file, scenarios) : new LoadResult.Broken(file, all);
    }

    private static String stem(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        return name.replaceFirst("\\.ya?ml$", "");
    }
}
