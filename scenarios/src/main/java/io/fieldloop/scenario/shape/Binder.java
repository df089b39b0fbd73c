package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.yaml.DefaultNodes;
import io.fieldloop.scenario.shape.yaml.Mappings;
import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.Problems;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.shape.yaml.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds the nodes of one file to the records whose shapes it is given; goes on after a problem to find more. */
public final class Binder {
    private final DefaultNodes fallbacks;
    private final Map<Class<?>, Object> given;
    private final Problems problems;
    private final ScalarBinder texts;
    private final Mappings mappings;
    private final Variants variants;

    /**
     * @param given the values of {@link Dialect#given()}
     * @param sink told each problem
     */
    public Binder(References references, DefaultNodes fallbacks, Map<Class<?>, Object> given, Consumer<Problem> sink) {
        this.fallbacks = fallbacks;
        this.given = Map.copyOf(given);
        this.problems = new Problems(sink);
        this.texts = new ScalarBinder(references, problems);
        this.mappings = new Mappings(problems);
        this.variants = new Variants(problems);
    }

    /** The value of the node, or null after telling each problem. */
    public @Nullable Object bind(Shape shape, Node node, Place place) {
        Place here = place.at(Nodes.position(node, place.enclosing()));
        if (shape instanceof Shape.Text text) {
            return texts.bind(text, node, here);
        }
        if (shape instanceof Shape.NameList names) {
            return texts.bind(names, node, here);
        }
        if (shape instanceof Shape.ListOf list) {
            return list(list, node, here);
        }
        if (shape instanceof Shape.MapOf map) {
            return map(map, node, here);
        }
        if (shape instanceof Shape.Tuple tuple) {
            return tuple(tuple, node, here);
        }
        return keys(shape, node, here);
    }

    private @Nullable Object list(Shape.ListOf shape, Node node, Place place) {
        if (!(node instanceof SequenceNode sequence)) {
            problems.unexpected(node, place, "found " + Nodes.kind(node), shape.expected());
            return null;
        }
        if (shape.notEmpty() && sequence.getValue().isEmpty()) {
            problems.unexpected(node, place, "is an empty list", "at least one item");
            return null;
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Object item = bind(shape.element(), sequence.getValue().get(i), place.item(i + 1));
            if (item != null) {
                items.add(item);
            }
        }
        return items.size() == sequence.getValue().size() ? items : null;
    }

    private @Nullable Object map(Shape.MapOf shape, Node node, Place place) {
        Map<String, NodeTuple> tuples = mappings.tuples(node, place, shape.expected());
        if (tuples == null) {
            return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Map.Entry<String, NodeTuple> entry : tuples.entrySet()) {
            Node value = entry.getValue().getValueNode();
            Place at = place.key(entry.getKey());
            boolean absent = shape.nullable() && Nodes.isNull(value);
            Object key = texts.bind(shape.key(), entry.getValue().getKeyNode(), at);
            Object bound = absent ? null : bind(shape.value(), value, at);
            complete &= key != null && (absent || bound != null);
            values.put(entry.getKey(), bound);
        }
        return complete ? values : null;
    }

    private @Nullable Object tuple(Shape.Tuple shape, Node node, Place place) {
        if (!(node instanceof SequenceNode sequence)
                || sequence.getValue().size() != shape.elements().size()) {
            String found = node instanceof SequenceNode list
                    ? "a list of " + list.getValue().size()
                    : Nodes.kind(node);
            problems.unexpected(node, place, "found " + found, shape.expected());
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[shape.elements().size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            values[i] = bind(shape.elements().get(i), sequence.getValue().get(i), place.item(i + 1));
            complete &= values[i] != null;
        }
        return complete ? Records.construct(shape.type(), values, rule -> problems.add(node, place, rule)) : null;
    }

    /** Binds what is written as a mapping with known keys, and tells which keys are unknown. */
    private @Nullable Object keys(Shape shape, Node node, Place place) {
        if (shape instanceof Shape.Mapping mapping && mapping.shorthand() != null && Mappings.isPlain(node)) {
            return keys(shape, Mappings.of(mapping.shorthand(), node), place.meaning(mapping.shorthand()));
        }
        Map<String, NodeTuple> tuples = mappings.tuples(node, place, shape.expected());
        if (tuples == null) {
            return null;
        }
        Entries entries = new Entries(tuples);
        Object value = inlined(shape, entries, node, place);
        List<NodeTuple> unknown = entries.unknown();
        for (NodeTuple tuple : unknown) {
            String key = Nodes.text(tuple.getKeyNode()).orElse("");
            problems.unknownKey(tuple.getKeyNode(), place.key(key), key, entries.accepted());
        }
        return unknown.isEmpty() ? value : null;
    }

    private @Nullable Object inlined(Shape shape, Entries entries, Node node, Place place) {
        if (shape instanceof Shape.Mapping mapping) {
            return record(mapping, entries, node, place);
        }
        if (shape instanceof Shape.Settings settings) {
            return settings(settings, entries, place);
        }
        return choice((Shape.Choice) shape, entries, node, place);
    }

    private @Nullable Object record(Shape.Mapping shape, Entries entries, Node node, Place place) {
        @Nullable Object[] values = new @Nullable Object[shape.parts().size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            Shape.Part part = shape.parts().get(i);
            if (part instanceof Shape.Given absent) {
                values[i] = given(absent, node, place);
            } else if (part instanceof Shape.Inlined inlined) {
                shape.parts().forEach(other -> {
                    if (other instanceof Shape.Keyed keyed) {
                        entries.understoodBeside(keyed.key());
                    }
                });
                values[i] = inlined(inlined.shape(), entries, node, place);
                complete &= values[i] != null;
            } else if (part instanceof Shape.Keyed keyed) {
                Optional<Node> value = value(keyed, entries, node, place);
                Place at = place.key(keyed.key()).lacking(keyed.without());
                values[i] = value.map(v -> keyed.shape() instanceof Shape.Dependent dependent
                                ? dependent(dependent, entries, v, place, at)
                                : bind(keyed.shape(), v, at))
                        .orElse(null);
                complete &= values[i] != null || (value.isEmpty() && !keyed.required());
            }
        }
        shape.alsoKeys().keySet().forEach(entries::take);
        complete &= hasOneOf(shape, entries, node, place);
        return complete ? Records.construct(shape.type(), values, rule -> problems.add(node, place, rule)) : null;
    }

    /** Binds what has other keys for other words beside it. */
    private @Nullable Object dependent(Shape.Dependent shape, Entries entries, Node node, Place beside, Place place) {
        Map<String, Shape> form = form(shape, entries, beside);
        Map<String, NodeTuple> tuples = mappings.tuples(node, place, shape.expected());
        return form == null || tuples == null
                ? null
                : values(form, tuples, place.at(Nodes.position(node, place.enclosing())));
    }

    /** Null for words that do not go together, or that are unknown: the latter is a problem of their own key. */
    private @Nullable Map<String, Shape> form(Shape.Dependent shape, Entries entries, Place place) {
        List<String> words = shape.on().stream()
                .flatMap(key -> entries.take(key).flatMap(Nodes::text).stream())
                .toList();
        Map<String, Shape> form = shape.forms().get(String.join(" ", words));
        if (form == null && words.size() > 1 && shape.forms().containsKey(words.get(0))) {
            String key = shape.on().get(0);
            String other = " " + words.get(1);
            List<String> fitting = shape.forms().keySet().stream()
                    .filter(known -> known.endsWith(other))
                    .map(known -> known.substring(0, known.length() - other.length()))
                    .toList();
            problems.unknown(
                    entries.take(key).orElseThrow(), place.key(key), other.strip() + " " + key, words.get(0), fitting);
        }
        return form;
    }

    private @Nullable Object values(Map<String, Shape> form, Map<String, NodeTuple> tuples, Place here) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Map.Entry<String, NodeTuple> entry : tuples.entrySet()) {
            Node value = entry.getValue().getValueNode();
            Place at = here.key(entry.getKey());
            Shape attribute = form.get(entry.getKey());
            if (attribute == null) {
                problems.unknownKey(entry.getValue().getKeyNode(), at, entry.getKey(), form.keySet());
            }
            complete &= attribute != null && (Nodes.isNull(value) || bind(attribute, value, at) != null);
            values.put(
                    entry.getKey(),
                    Nodes.isNull(value) ? null : Nodes.text(value).orElse(null));
        }
        return complete ? values : null;
    }

    /** The node to bind for a key: as written, or its default; nothing when absent. */
    private Optional<Node> value(Shape.Keyed keyed, Entries entries, Node node, Place place) {
        Optional<Node> written = place.without().contains(keyed.key()) ? Optional.empty() : entries.take(keyed.key());
        boolean optional = keyed.fallback() == null && !keyed.required();
        if (written.isPresent()) {
            return optional ? written.filter(value -> !Nodes.isNull(value)) : written;
        }
        if (keyed.required() && !isMisspelt(keyed.key(), entries)) {
            problems.add(node, place, "has no key " + Nodes.quote(keyed.key()));
        }
        return Optional.ofNullable(keyed.fallback()).map(fallbacks::of);
    }

    private static boolean isMisspelt(String key, Entries entries) {
        return entries.keys().stream()
                .filter(other -> !entries.accepted().contains(other))
                .anyMatch(other -> Nearest.to(other, List.of(key)).isPresent());
    }

    private @Nullable Object given(Shape.Given part, Node node, Place place) {
        if (part.type() == SourcePosition.class) {
            return place.enclosing();
        }
        return part.type() == SourceText.class ? new SourceText(Nodes.line(node)) : given.get(part.type());
    }

    private boolean hasOneOf(Shape.Mapping shape, Entries entries, Node node, Place place) {
        boolean found = shape.oneOf().isEmpty()
                || shape.oneOf().stream().anyMatch(key -> entries.has(key) || isMisspelt(key, entries));
        if (!found) {
            problems.add(node, place, "needs at least one of the keys " + String.join(", ", shape.oneOf()));
        }
        return found;
    }

    private @Nullable Object settings(Shape.Settings shape, Entries entries, Place place) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Map.Entry<String, Shape.Text> setting : shape.keys().entrySet()) {
            Optional<Node> node = entries.take(setting.getKey());
            if (node.isPresent()) {
                Object value = bind(setting.getValue(), node.get(), place.key(setting.getKey()));
                complete &= value != null;
                values.put(setting.getKey(), Nodes.text(node.get()).orElse(""));
            }
        }
        return complete ? values : null;
    }

    private @Nullable Object choice(Shape.Choice shape, Entries entries, Node node, Place place) {
        String word = variants.meant(shape, entries, node, place);
        if (word == null) {
            return null;
        }
        Shape.Mapping variant = Objects.requireNonNull(shape.variants().get(word));
        return shape.style() == Shape.Choice.Style.TAG || shape.style() == Shape.Choice.Style.KEY
                ? record(variant, entries, node, place)
                : bind(variant, entries.take(word).orElseThrow(), place.key(word));
    }
}
