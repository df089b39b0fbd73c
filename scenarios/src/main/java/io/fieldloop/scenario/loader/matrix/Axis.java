package io.fieldloop.scenario.loader.matrix;

import io.fieldloop.scenario.shape.yaml.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One dimension of a matrix.
 *
 * @param name as in {@code ${name}}
 * @param values its values, in file order
 */
record Axis(String name, List<Value> values) {
    /** Key of a mapping value that names it in the case name. */
    static final String LABEL = "label";

    /**
     * One value.
     *
     * @param label what the case name says, different for each value of an axis
     * @param variables the node for {@code ${axis}}, and for {@code ${axis.key}} of a mapping
     */
    record Value(String label, Node node, Map<String, Node> variables) {}

    static Axis of(String name, SequenceNode nodes) {
        List<Value> values = new ArrayList<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Node node : nodes.getValue()) {
            String label = label(node);
            int times = seen.merge(label, 1, Integer::sum);
            values.add(new Value(times == 1 ? label : label + "~" + times, node, variables(name, node)));
        }
        return new Axis(name, List.copyOf(values));
    }

    private static Map<String, Node> variables(String name, Node node) {
        Map<String, Node> variables = new LinkedHashMap<>();
        variables.put(name, node);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                Nodes.text(tuple.getKeyNode()).ifPresent(key -> variables.put(name + "." + key, tuple.getValueNode()));
            }
        }
        return variables;
    }

    private static String label(Node node) {
        if (Nodes.isNull(node)) {
            return "null";
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(Axis::label).collect(Collectors.joining("+"));
        }
        if (node instanceof MappingNode mapping) {
            return Nodes.child(mapping, LABEL)
                    .map(Axis::label)
                    .orElseGet(() -> mapping.getValue().stream()
                            .map(tuple -> label(tuple.getValueNode()))
                            .collect(Collectors.joining("/")));
        }
        return Nodes.text(node).orElse("").replaceAll("[\\s,\\[\\]=]+", "_");
    }
}
