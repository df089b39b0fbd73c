package io.fieldloop.scenario.loader.matrix;

import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Puts values in place of {@code ${name}} in a tree of nodes, which stays as it is: the result is a copy.
 *
 * <p>A text that is nothing but one reference becomes the value itself, of whatever type; what is put in takes the
 * position of the reference, so that later errors point at the template.
 */
final class Substitution {
    private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([^{}]*)}");

    private final Map<String, Node> variables;
    private final String file;
    private final Consumer<Problem> problems;

    Substitution(Map<String, Node> variables, String file, Consumer<Problem> problems) {
        this.variables = variables;
        this.file = file;
        this.problems = problems;
    }

    Node apply(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().contains("${") ? replace(scalar) : scalar;
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue().stream().map(this::apply).toList();
            return new SequenceNode(
                    node.getTag(), true, items, sequence.getFlowStyle(), node.getStartMark(), node.getEndMark());
        }
        MappingNode mapping = (MappingNode) node;
        List<NodeTuple> tuples = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            tuples.add(new NodeTuple(apply(tuple.getKeyNode()), apply(tuple.getValueNode())));
        }
        return new MappingNode(
                node.getTag(), true, tuples, mapping.getFlowStyle(), node.getStartMark(), node.getEndMark());
    }

    private Node replace(ScalarNode scalar) {
        Matcher reference = REFERENCE.matcher(scalar.getValue());
        if (reference.matches() && reference.group(1).isEmpty()) {
            Node value = variable(reference.group(2), scalar);
            return value == null ? scalar : placed(value, scalar.getStartMark());
        }
        String text = reference
                .reset()
                .replaceAll(found -> Matcher.quoteReplacement(inText(found.group(1), found.group(2), scalar)));
        return new ScalarNode(
                Tag.STR, true, text, ScalarStyle.DOUBLE_QUOTED, scalar.getStartMark(), scalar.getEndMark());
    }

    /** The value within a longer text; a second dollar sign before the reference makes it plain text. */
    private String inText(String escape, String name, ScalarNode scalar) {
        if (!escape.isEmpty()) {
            return "${" + name + "}";
        }
        Node value = variable(name, scalar);
        if (value == null) {
            return "";
        }
        Optional<String> text = Nodes.text(value);
        if (text.isEmpty()) {
            problem(scalar, "${" + name + "} is " + Nodes.kind(value) + " and cannot stand within a text", null, null);
        }
        return text.orElse("");
    }

    private @Nullable Node variable(String name, ScalarNode scalar) {
        Node value = variables.get(name);
        if (value == null) {
            String expected =
                    variables.isEmpty() ? "a matrix in this file" : "one of " + String.join(", ", variables.keySet());
            problem(
                    scalar,
                    "no matrix axis for ${" + name + "}",
                    expected,
                    Nearest.to(name, variables.keySet()).orElse(null));
        }
        return value;
    }

    private void problem(ScalarNode scalar, String message, @Nullable String expected, @Nullable String didYouMean) {
        SourcePosition position = Nodes.position(scalar, new SourcePosition(file, 1, 1));
        problems.accept(new Problem(position, "", message, expected, didYouMean));
    }

    private static Node placed(Node node, Optional<Mark> mark) {
        if (node instanceof ScalarNode scalar) {
            return new ScalarNode(node.getTag(), true, scalar.getValue(), scalar.getScalarStyle(), mark, mark);
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items =
                    sequence.getValue().stream().map(item -> placed(item, mark)).toList();
            return new SequenceNode(node.getTag(), true, items, sequence.getFlowStyle(), mark, mark);
        }
        MappingNode mapping = (MappingNode) node;
        List<NodeTuple> tuples = mapping.getValue().stream()
                .map(tuple -> new NodeTuple(placed(tuple.getKeyNode(), mark), placed(tuple.getValueNode(), mark)))
                .toList();
        return new MappingNode(node.getTag(), true, tuples, mapping.getFlowStyle(), mark, mark);
    }
}
