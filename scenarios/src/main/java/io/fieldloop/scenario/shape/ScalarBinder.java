package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds plain values and references to declared names. */
final class ScalarBinder {
    private final References references;
    private final Problems problems;

    ScalarBinder(References references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    /** The value, or null after telling the problem. */
    @Nullable
    Object bind(Shape.Text shape, Node node, Place place) {
        if (!(node instanceof ScalarNode scalar) || Nodes.isNull(node)) {
            problems.unexpected(node, place, "found " + Nodes.kind(node), shape.expected());
            return null;
        }
        String text = scalar.getValue();
        if (!shape.words().isEmpty() && !shape.others() && !shape.words().containsKey(text)) {
            problems.unknown(
                    node,
                    place,
                    shape.name().replace('-', ' '),
                    text,
                    shape.words().keySet());
            return null;
        }
        if (!scalar.isPlain() && !shape.types().contains("string")) {
            problems.unexpected(node, place, "found a text in quotes", shape.expected());
            return null;
        }
        return parsed(shape, scalar, place);
    }

    private @Nullable Object parsed(Shape.Text shape, ScalarNode scalar, Place place) {
        try {
            Object value = shape.parser().apply(scalar.getValue());
            return references.resolve(value, scalar, place, problems) ? value : null;
        } catch (IllegalArgumentException wrong) {
            String message = Nodes.quote(scalar.getValue()) + " " + wrong.getMessage();
            problems.unexpected(scalar, place, message, shape.expected());
            return null;
        }
    }

    /** The names, or null after telling the problem. */
    @Nullable
    Object bind(Shape.NameList shape, Node node, Place place) {
        if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
            return list(shape, list, place);
        }
        if (!(node instanceof ScalarNode scalar) || Nodes.isNull(node)) {
            String found = node instanceof SequenceNode ? "an empty list" : Nodes.kind(node);
            problems.unexpected(node, place, "found " + found, shape.expected());
            return null;
        }
        if (scalar.getValue().equals(Names.ALL)) {
            return Names.of(Names.ALL);
        }
        return isDeclared(shape.declared(), scalar, place) ? Names.of(scalar.getValue()) : null;
    }

    private @Nullable Names list(Shape.NameList shape, SequenceNode list, Place place) {
        List<String> names = new ArrayList<>();
        for (Node item : list.getValue()) {
            Place at = place.item(names.size() + 1);
            if (!(item instanceof ScalarNode scalar) || Nodes.isNull(item)) {
                problems.unexpected(item, at, "found " + Nodes.kind(item), "the name of a " + shape.declared());
                return null;
            }
            if (!isDeclared(shape.declared(), scalar, at)) {
                return null;
            }
            names.add(scalar.getValue());
        }
        return new Names(names);
    }

    private boolean isDeclared(String kind, ScalarNode scalar, Place place) {
        boolean known = references.has(kind, scalar.getValue());
        if (!known) {
            problems.unknown(scalar, place, kind, scalar.getValue(), references.names(kind));
        }
        return known;
    }
}
