package io.fieldloop.scenario.loader.matrix;

import io.fieldloop.scenario.model.PowerMoment;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.model.value.WriteRange;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.yaml.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The axes that the {@code power:} of a step is: its writes, and the moments of each. What is no range is left to the binder to refuse. */
final class PowerAxes {
    private static final String STEPS = "steps";
    private static final String POWER = "power";
    private static final String WRITES = PowerSpec.AXES.get(0);
    private static final String MOMENTS = PowerSpec.AXES.get(1);

    private final List<Axis> axes = new ArrayList<>();

    /** Those that were found; none before {@link #template}. */
    List<Axis> axes() {
        return axes;
    }

    /** The file with references to the axes where it had their values. */
    MappingNode template(MappingNode root) {
        Optional<Node> steps = Nodes.child(root, STEPS);
        if (steps.isEmpty() || !(steps.get() instanceof SequenceNode sequence)) {
            return root;
        }
        List<Node> items = sequence.getValue().stream()
                .map(item -> axes.isEmpty() && item instanceof MappingNode step ? step(step) : item)
                .toList();
        return with(
                root,
                STEPS,
                new SequenceNode(
                        sequence.getTag(),
                        true,
                        items,
                        sequence.getFlowStyle(),
                        sequence.getStartMark(),
                        sequence.getEndMark()));
    }

    private Node step(MappingNode step) {
        Optional<Node> power = Nodes.child(step, POWER);
        if (power.isEmpty() || !(power.get() instanceof MappingNode cut)) {
            return step;
        }
        Optional<Node> writes = Nodes.child(cut, WRITES);
        Optional<WriteRange> range = writes.flatMap(Nodes::text).flatMap(PowerAxes::range);
        if (writes.isEmpty() || range.isEmpty()) {
            return step;
        }
        axes.add(Axis.of(WRITES, list(range.get().each(), writes.get())));
        Node moments = Nodes.child(cut, MOMENTS)
                .orElseGet(() ->
                        list(Arrays.stream(PowerMoment.values()).map(Kebab::of).toList(), writes.get()));
        MappingNode one = with(cut, WRITES, scalar("${" + WRITES + "}", writes.get()));
        if (moments instanceof SequenceNode list && !list.getValue().isEmpty()) {
            axes.add(Axis.of(MOMENTS, list));
            one = with(one, MOMENTS, list(List.of("${" + MOMENTS + "}"), writes.get()));
        }
        return with(step, POWER, one);
    }

    private static Optional<WriteRange> range(String text) {
        try {
            return Optional.of(WriteRange.parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static MappingNode with(MappingNode mapping, String key, Node value) {
        List<NodeTuple> tuples = new ArrayList<>();
        boolean found = false;
        for (NodeTuple tuple : mapping.getValue()) {
            boolean isIt = Nodes.text(tuple.getKeyNode()).equals(Optional.of(key));
            tuples.add(isIt ? new NodeTuple(tuple.getKeyNode(), value) : tuple);
            found |= isIt;
        }
        if (!found) {
            tuples.add(new NodeTuple(scalar(key, value), value));
        }
        return new MappingNode(
                mapping.getTag(), true, tuples, mapping.getFlowStyle(), mapping.getStartMark(), mapping.getEndMark());
    }

    private static SequenceNode list(List<String> texts, Node at) {
        List<Node> items =
                new ArrayList<>(texts.stream().map(text -> scalar(text, at)).toList());
        return new SequenceNode(Tag.SEQ, true, items, FlowStyle.FLOW, at.getStartMark(), at.getEndMark());
    }

    private static Node scalar(String text, Node at) {
        return new ScalarNode(Tag.STR, true, text, ScalarStyle.PLAIN, at.getStartMark(), at.getEndMark());
    }
}
