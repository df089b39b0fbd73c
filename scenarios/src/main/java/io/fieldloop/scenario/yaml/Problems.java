package io.fieldloop.scenario.yaml;

import io.fieldloop.scenario.model.Problem;
import io.fieldloop.scenario.schema.Nearest;
import io.fieldloop.scenario.yaml.node.Nodes;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Words the problems the binder meets. */
final class Problems {
    private final Consumer<Problem> sink;

    Problems(Consumer<Problem> sink) {
        this.sink = sink;
    }

    void add(Node node, Place place, String message) {
        add(node, place, message, null, null);
    }

    /** The node is of the wrong kind, or its text does not read as it should. */
    void unexpected(Node node, Place place, String what, String expected) {
        add(node, place, what, expected, null);
    }

    /** The word is not in a closed list. */
    void unknown(Node node, Place place, String what, String word, Collection<String> known) {
        add(
                node,
                place,
                "unknown " + what + " " + Nodes.quote(word),
                known.isEmpty() ? "one, but none is declared" : "one of " + String.join(", ", known),
                Nearest.to(word, known).orElse(null));
    }

    void unknownKey(Node node, Place place, String key, Collection<String> known) {
        add(
                node,
                place,
                "unknown key",
                known.isEmpty() ? "no keys here" : "one of: " + String.join(", ", known),
                Nearest.to(key, known).orElse(null));
    }

    private void add(Node node, Place place, String message, @Nullable String expected, @Nullable String didYouMean) {
        sink.accept(new Problem(Nodes.position(node, place.enclosing()), place.path(), message, expected, didYouMean));
    }
}
