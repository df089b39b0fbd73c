package io.fieldloop.scenario.loader.matrix;

import io.fieldloop.scenario.shape.yaml.Nodes;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A partial match: cases that agree with it on each axis it names are left out.
 *
 * @param values by axis: a value, a label, or for an axis of mappings some of the keys
 */
record Exclusion(Map<String, Node> values) {
    boolean excludes(List<Axis> axes, List<Axis.Value> combination) {
        for (int i = 0; i < axes.size(); i++) {
            Node wanted = values.get(axes.get(i).name());
            if (wanted != null && !matches(wanted, combination.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean matches(Node wanted, Axis.Value value) {
        if (wanted instanceof MappingNode partial && value.node() instanceof MappingNode whole) {
            return partial.getValue().stream()
                    .allMatch(tuple -> Nodes.child(whole, Nodes.line(tuple.getKeyNode()))
                            .filter(node -> Nodes.line(node).equals(Nodes.line(tuple.getValueNode())))
                            .isPresent());
        }
        return Nodes.line(wanted).equals(Nodes.line(value.node()))
                || Nodes.text(wanted).filter(value.label()::equals).isPresent();
    }
}
