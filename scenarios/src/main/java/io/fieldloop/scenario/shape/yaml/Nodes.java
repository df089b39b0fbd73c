package io.fieldloop.scenario.shape.yaml;

import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Questions to a YAML node. */
public final class Nodes {
    private static final int QUOTED_LENGTH_MAX = 60;

    private Nodes() {}

    /** Where the node begins; {@code fallback} for a node that is in no file. */
    public static SourcePosition position(Node node, SourcePosition fallback) {
        return node.getStartMark().map(mark -> position(mark, fallback.file())).orElse(fallback);
    }

    static SourcePosition position(Mark mark, String file) {
        return new SourcePosition(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    public static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** The text of a plain value as written; empty for a list or mapping. */
    public static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** The value of {@code key} in a mapping. */
    public static Optional<Node> child(Node mapping, String key) {
        return mapping instanceof MappingNode node
                ? node.getValue().stream()
                        .filter(tuple -> text(tuple.getKeyNode()).equals(Optional.of(key)))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    /** What kind of thing stands here, for a message. */
    public static String kind(Node node) {
        if (isNull(node)) {
            return "nothing";
        }
        if (node instanceof ScalarNode scalar) {
            return quote(scalar.getValue());
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }

    /** The text in quotes, shortened, on one line. */
    public static String quote(String text) {
        String line = text.codePoints()
                .limit(QUOTED_LENGTH_MAX)
                .mapToObj(c -> c == '\n' ? "\\n" : Character.isISOControl(c) ? "?" : Character.toString(c))
                .collect(Collectors.joining());
        return "\"" + line + (text.codePointCount(0, text.length()) > QUOTED_LENGTH_MAX ? "…" : "") + "\"";
    }

    /** The node on one line, as it could stand in a file. */
    public static String line(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.isPlain() ? scalar.getValue() : doubleQuoted(scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(Nodes::line).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((MappingNode) node)
                .getValue().stream()
                        .map(tuple -> line(tuple.getKeyNode()) + ": " + line(tuple.getValueNode()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String doubleQuoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + '"';
    }
}
