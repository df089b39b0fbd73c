package io.fieldloop.scenario.shape.schema;

import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A default value as JSON. */
public final class DefaultValueJson {
    private DefaultValueJson() {}

    static Object json(String yaml) {
        return json(YamlTree.fragment(yaml));
    }

    private static Object json(Node node) {
        if (node instanceof SequenceNode sequence) {
            List<Object> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(json(item)));
            return items;
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                object.put(String.valueOf(json(tuple.getKeyNode())), json(tuple.getValueNode()));
            }
            return object;
        }
        String text = ((ScalarNode) node).getValue();
        if (node.getTag().equals(Tag.INT)) {
            return Long.valueOf(text);
        }
        return node.getTag().equals(Tag.BOOL) ? Boolean.valueOf(text) : text;
    }
}
