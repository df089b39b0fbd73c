package io.fieldloop.scenario.loader.matrix;

import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the {@code matrix:} of a file into axes and exclusions. */
final class MatrixReader {
    private static final String EXCLUDE = "exclude";
    private static final String AXIS_NAME = "[A-Za-z][A-Za-z0-9_-]*";

    private final String file;
    private final Consumer<Problem> problems;
    private boolean failed;

    MatrixReader(String file, Consumer<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    boolean failed() {
        return failed;
    }

    List<Axis> axes(Node matrix) {
        List<Axis> axes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (!(matrix instanceof MappingNode mapping)) {
            problem(matrix, "", "found " + Nodes.kind(matrix), "a mapping of axes to lists of values", null);
            return axes;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String name = Nodes.text(tuple.getKeyNode()).orElse("");
            if (!names.add(name)) {
                problem(tuple.getKeyNode(), name, "duplicate key", null, null);
            } else if (!name.equals(EXCLUDE)) {
                axis(name, tuple).ifPresent(axes::add);
            }
        }
        if (axes.isEmpty() && !failed) {
            problem(matrix, "", "has no axes", "a mapping of axes to lists of values", null);
        }
        return axes;
    }

    List<Exclusion> exclusions(Node matrix, List<Axis> axes) {
        List<Exclusion> exclusions = new ArrayList<>();
        Optional<Node> exclude = Nodes.child(matrix, EXCLUDE);
        if (exclude.isEmpty()) {
            return exclusions;
        }
        if (!(exclude.get() instanceof SequenceNode list)) {
            problem(
                    exclude.get(),
                    EXCLUDE,
                    "found " + Nodes.kind(exclude.get()),
                    "a list of mappings of axes to values",
                    null);
            return exclusions;
        }
        for (Node item : list.getValue()) {
            exclusions.add(exclusion(item, EXCLUDE + "[" + (exclusions.size() + 1) + "]", axes));
        }
        return exclusions;
    }

    private Optional<Axis> axis(String name, NodeTuple tuple) {
        if (!name.matches(AXIS_NAME)) {
            problem(tuple.getKeyNode(), name, "is not a name for an axis", "letters, digits, - and _", null);
            return Optional.empty();
        }
        if (!(tuple.getValueNode() instanceof SequenceNode values)
                || values.getValue().isEmpty()) {
            Node node = tuple.getValueNode();
            String found = node instanceof SequenceNode ? "an empty list" : Nodes.kind(node);
            problem(node, name, "found " + found, "a list of values", null);
            return Optional.empty();
        }
        return Optional.of(Axis.of(name, values));
    }

    private Exclusion exclusion(Node item, String path, List<Axis> axes) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (!(item instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            problem(item, path, "found " + Nodes.kind(item), "a mapping of axes to values", null);
            return new Exclusion(values);
        }
        List<String> names = axes.stream().map(Axis::name).toList();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = Nodes.text(tuple.getKeyNode()).orElse("");
            Optional<Axis> axis =
                    axes.stream().filter(a -> a.name().equals(name)).findFirst();
            if (axis.isEmpty()) {
                problem(
                        tuple.getKeyNode(),
                        path + "." + name,
                        "no such axis",
                        "one of " + String.join(", ", names),
                        Nearest.to(name, names).orElse(null));
            } else if (axis.get().values().stream().noneMatch(v -> Exclusion.matches(tuple.getValueNode(), v))) {
                problem(
                        tuple.getValueNode(),
                        path + "." + name,
                        "the axis has no value " + Nodes.line(tuple.getValueNode()),
                        "one of " + String.join(", ", labels(axis.get())),
                        null);
            }
            values.put(name, tuple.getValueNode());
        }
        return new Exclusion(values);
    }

    private static List<String> labels(Axis axis) {
        return axis.values().stream().map(Axis.Value::label).toList();
    }

    private void problem(
            Node node, String path, String message, @Nullable String expected, @Nullable String didYouMean) {
        failed = true;
        SourcePosition position = Nodes.position(node, new SourcePosition(file, 1, 1));
        String full = path.isEmpty() ? Matrix.KEY : Matrix.KEY + "." + path;
        problems.accept(new Problem(position, full, message, expected, didYouMean));
    }
}
