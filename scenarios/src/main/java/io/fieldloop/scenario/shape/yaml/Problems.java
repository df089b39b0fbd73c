package io.fieldloop.scenario.shape.yaml;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Words the problems the binder meets. */
public final class Problems {
    /** A longer list helps nobody who mistyped a word. */
    private static final int LIST_MAX = 16;

    private final Consumer<Problem> sink;

    public Problems(Consumer<Problem> sink) {
        this.sink = sink;
    }

    public void add(Node node, Place place, String message) {
        add(node, place, message, null, null);
    }

    /** The node is of the wrong kind, or its text does not read as it should. */
    public void unexpected(Node node, Place place, String what, String expected) {
        add(node, place, what, expected, null);
    }

    /** The word is not in a closed list. */
    public void unknown(Node node, Place place, String what, String word, Collection<String> known) {
        if (known.isEmpty()) {
            add(node, place, "unknown " + what + " " + Nodes.quote(word) + ": none is declared");
            return;
        }
        add(node, place, "unknown " + what + " " + Nodes.quote(word), "one of ", word, known);
    }

    public void unknownKey(Node node, Place place, String key, Collection<String> known) {
        if (known.isEmpty()) {
            unexpected(node, place, "unknown key", "no keys here");
            return;
        }
        add(node, place, "unknown key", "one of: ", key, known);
    }

    private void add(Node node, Place place, String message, String before, String word, Collection<String> known) {
        String nearest = Nearest.to(word, known).orElse(null);
        boolean enough = nearest != null && known.size() > LIST_MAX;
        Collection<String> listed = known.size() > LIST_MAX ? Nearest.first(word, known) : known;
        add(node, place, message, enough ? null : before + list(listed), nearest);
    }

    /** The words of a closed list, or the first of them when they are many. */
    public static String list(Collection<String> known) {
        String list = known.stream().limit(LIST_MAX).collect(Collectors.joining(", "));
        return known.size() > LIST_MAX ? list + ", … (" + known.size() + " in all)" : list;
    }

    private void add(Node node, Place place, String message, @Nullable String expected, @Nullable String didYouMean) {
        sink.accept(new Problem(Nodes.position(node, place.enclosing()), place.path(), message, expected, didYouMean));
    }
}
