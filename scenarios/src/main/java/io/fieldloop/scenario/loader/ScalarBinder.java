package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.model.Anchor;
import io.fieldloop.scenario.model.Names;
import io.fieldloop.scenario.shape.Declared;
import io.fieldloop.scenario.shape.Nodes;
import io.fieldloop.scenario.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds plain values and references to declared names. */
final class ScalarBinder {
    private final Declarations declarations;
    private final Problems problems;

    ScalarBinder(Declarations declarations, Problems problems) {
        this.declarations = declarations;
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
            if (value instanceof Anchor anchor && anchor.step() != null && !isOneStep(scalar, anchor.step(), place)) {
                return null;
            }
            return value;
        } catch (IllegalArgumentException wrong) {
            String message = Nodes.quote(scalar.getValue()) + " " + wrong.getMessage();
            problems.unexpected(scalar, place, message, shape.expected());
            return null;
        }
    }

    private boolean isOneStep(Node node, String step, Place place) {
        int times = declarations.steps().getOrDefault(step, 0);
        if (times == 0) {
            problems.unknown(node, place, "step", step, declarations.steps().keySet());
        } else if (times > 1) {
            problems.add(
                    node,
                    place,
                    Nodes.quote(step) + " names " + times
                            + " steps; give the one you mean a label with as: and name that");
        }
        return times == 1;
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
                problems.unexpected(
                        item,
                        at,
                        "found " + Nodes.kind(item),
                        "the name of a " + shape.declared().what());
                return null;
            }
            if (!isDeclared(shape.declared(), scalar, at)) {
                return null;
            }
            names.add(scalar.getValue());
        }
        return new Names(names);
    }

    private boolean isDeclared(Declared declared, ScalarNode scalar, Place place) {
        boolean known = declarations.has(declared, scalar.getValue());
        if (!known) {
            problems.unknown(scalar, place, declared.what(), scalar.getValue(), declarations.names(declared));
        }
        return known;
    }
}
