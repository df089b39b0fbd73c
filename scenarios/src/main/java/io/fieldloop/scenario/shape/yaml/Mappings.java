package io.fieldloop.scenario.shape.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Takes mappings apart, and makes those that a shorthand stands for. */
public final class Mappings {
    private final Problems problems;

    public Mappings(Problems problems) {
        this.problems = problems;
    }

    /** The entries of a mapping by key; none of an absent value; null, after telling the problem, for anything else. */
    @Nullable
    public Map<String, NodeTuple> tuples(Node node, Place place, String expected) {
        Map<String, NodeTuple> tuples = new LinkedHashMap<>();
        if (Nodes.isNull(node)) {
            return tuples;
        }
        if (!(node instanceof MappingNode mapping)) {
            problems.unexpected(node, place, "found " + Nodes.kind(node), expected);
            return null;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Optional<String> key = Nodes.text(tuple.getKeyNode());
            if (key.isEmpty()) {
                problems.unexpected(
                        tuple.getKeyNode(), place, "has " + Nodes.kind(tuple.getKeyNode()) + " as a key", "a word");
            } else if (tuples.putIfAbsent(key.get(), tuple) != null) {
                problems.add(tuple.getKeyNode(), place.key(key.get()), "duplicate key");
            }
        }
        return tuples;
    }

    /** Whether a value can be the shorthand of a mapping. */
    public static boolean isPlain(Node node) {
        return (node instanceof ScalarNode && !Nodes.isNull(node)) || node instanceof SequenceNode;
    }

    /** The mapping with this one key, at the place of its value. */
    public static MappingNode of(String key, Node value) {
        ScalarNode keyNode =
                new ScalarNode(Tag.STR, true, key, ScalarStyle.PLAIN, value.getStartMark(), value.getStartMark());
        return new MappingNode(
                Tag.MAP,
                true,
                List.of(new NodeTuple(keyNode, value)),
                FlowStyle.FLOW,
                value.getStartMark(),
                value.getEndMark());
    }
}
