package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Finds out which variant of a choice is meant, by the word of its tag or by the one key of which each has its own. */
final class Variants {
    private final Problems problems;

    Variants(Problems problems) {
        this.problems = problems;
    }

    /** The variant's word, or null after telling why none is meant; the keys beside it are not understood then. */
    @Nullable
    String meant(Shape.Choice shape, Entries entries, Node node, Place place) {
        String word = shape.style() == Shape.Choice.Style.TAG
                ? byTag(shape, entries, node, place)
                : byKey(shape, entries, node, place);
        if (word == null) {
            entries.notUnderstood();
        }
        return word;
    }

    private @Nullable String byTag(Shape.Choice shape, Entries entries, Node node, Place place) {
        Optional<Node> tag = entries.take(shape.tag());
        Set<String> known = shape.variants().keySet();
        if (tag.isEmpty()) {
            problems.unexpected(
                    node, place, "has no key " + Nodes.quote(shape.tag()), "one of " + Problems.list(known));
            return null;
        }
        String word = Nodes.text(tag.get()).orElse(null);
        if (word == null) {
            problems.unexpected(
                    tag.get(),
                    place.key(shape.tag()),
                    "is more than a word",
                    "one word, and the keys that go with it beside it: { " + shape.tag() + ": …, … }");
            return null;
        }
        if (!known.contains(word)) {
            String what = shape.name().replace('-', ' ');
            problems.unknown(tag.get(), place.key(shape.tag()), what, word, known);
            return null;
        }
        return word;
    }

    private @Nullable String byKey(Shape.Choice shape, Entries entries, Node node, Place place) {
        List<String> present =
                shape.variants().keySet().stream().filter(entries::has).toList();
        if (present.size() != 1) {
            notOne(shape, present, entries, node, place);
            return null;
        }
        return present.get(0);
    }

    private void notOne(Shape.Choice shape, List<String> present, Entries entries, Node node, Place place) {
        String what = shape.name();
        if (present.size() > 1) {
            problems.add(
                    node, place, "has the keys " + String.join(" and ", present) + "; make one " + what + " of each");
            return;
        }
        List<String> unexplained = entries.unexplained();
        Optional<String> misspelt = unexplained.stream()
                .filter(key -> Nearest.to(key, shape.variants().keySet()).isPresent())
                .findFirst()
                .or(() -> unexplained.size() == 1 ? unexplained.stream().findFirst() : Optional.empty());
        misspelt.ifPresentOrElse(
                key -> problems.unknown(node, place, what, key, shape.variants().keySet()),
                () -> problems.unexpected(
                        node,
                        place,
                        "is no " + what,
                        "one of the keys " + String.join(", ", shape.variants().keySet())));
    }
}
