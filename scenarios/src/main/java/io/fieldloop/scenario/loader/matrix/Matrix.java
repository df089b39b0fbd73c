package io.fieldloop.scenario.loader.matrix;

import io.fieldloop.scenario.model.CaseName;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Expands the {@code matrix:} of a file: one case for each combination of axis values that is not excluded. */
public final class Matrix {
    /** The key of a file that holds the matrix. */
    public static final String KEY = "matrix";
    /** Cases one file may make; more is a slip of the pen, not a test plan. */
    public static final int CASES_MAX = 1_000;

    private final String file;
    private final String stem;
    private final Consumer<Problem> problems;

    /**
     * @param file as the user named it, for problems
     * @param stem for case names
     */
    public Matrix(String file, String stem, Consumer<Problem> problems) {
        this.file = file;
        this.stem = stem;
        this.problems = problems;
    }

    /** The cases of the file, in the order in which the last axis turns fastest; none if the matrix is not valid. */
    public List<ExpandedCase> expand(MappingNode root) {
        Optional<Node> node = Nodes.child(root, KEY);
        PowerAxes power = new PowerAxes();
        MappingNode template = power.template(without(root));
        MatrixReader reader = new MatrixReader(file, problems);
        List<Axis> axes = new ArrayList<>(node.map(reader::axes).orElse(List.of()));
        axes.addAll(power.axes());
        if (axes.isEmpty() && node.isEmpty()) {
            return List.of(expand(template, List.of(), List.of()));
        }
        List<Exclusion> exclusions =
                node.map(matrix -> reader.exclusions(matrix, axes)).orElse(List.of());
        if (reader.failed() || tooMany(node.orElse(root), axes)) {
            return List.of();
        }
        List<ExpandedCase> cases = combinations(axes).stream()
                .filter(combination ->
                        exclusions.stream().noneMatch(exclusion -> exclusion.excludes(axes, combination)))
                .map(combination -> expand(template, axes, combination))
                .toList();
        if (cases.isEmpty()) {
            problem(node.orElse(root), "excludes every case");
        }
        return cases;
    }

    private ExpandedCase expand(MappingNode template, List<Axis> axes, List<Axis.Value> combination) {
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, Node> variables = new LinkedHashMap<>();
        for (int i = 0; i < axes.size(); i++) {
            labels.put(axes.get(i).name(), combination.get(i).label());
            variables.putAll(combination.get(i).variables());
        }
        Substitution substitution = new Substitution(variables, file, problems);
        return new ExpandedCase(new CaseName(stem, labels), (MappingNode) substitution.apply(template));
    }

    private boolean tooMany(Node node, List<Axis> axes) {
        long cases = 1;
        for (Axis axis : axes) {
            cases = Math.min(CASES_MAX + 1L, cases * axis.values().size());
        }
        if (cases > CASES_MAX) {
            problem(node, "makes more than " + CASES_MAX + " cases; split the file");
        }
        return cases > CASES_MAX;
    }

    private static List<List<Axis.Value>> combinations(List<Axis> axes) {
        List<List<Axis.Value>> combinations = List.of(List.of());
        for (Axis axis : axes) {
            List<List<Axis.Value>> longer = new ArrayList<>();
            for (List<Axis.Value> combination : combinations) {
                for (Axis.Value value : axis.values()) {
                    List<Axis.Value> next = new ArrayList<>(combination);
                    next.add(value);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private static MappingNode without(MappingNode root) {
        List<NodeTuple> tuples = root.getValue().stream()
                .filter(tuple -> !Nodes.text(tuple.getKeyNode()).equals(Optional.of(KEY)))
                .toList();
        return new MappingNode(
                root.getTag(), true, tuples, root.getFlowStyle(), root.getStartMark(), root.getEndMark());
    }

    private void problem(Node node, String message) {
        problems.accept(new Problem(Nodes.position(node, new SourcePosition(file, 1, 1)), KEY, message, null, null));
    }
}
