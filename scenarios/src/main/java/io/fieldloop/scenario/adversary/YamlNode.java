package io.fieldloop.scenario.adversary;

import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the catalogue together with the way to it, so that an error can say where it is.
 *
 * @param file the catalogue's name
 * @param path such as {@code probes.rdp-mstshash.steps[0]}; empty for the root
 */
record YamlNode(String file, String path, Node node) {
    Map<String, YamlNode> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("a mapping");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        mapping.getValue().forEach(tuple -> {
            String key = Nodes.text(tuple.getKeyNode()).orElse("");
            entries.put(key, new YamlNode(file, path.isEmpty() ? key : path + "." + key, tuple.getValueNode()));
        });
        return entries;
    }

    void requireKeys(Set<String> known) {
        entries().forEach((key, child) -> {
            if (!known.contains(key)) {
                throw new AdversaryConfigException(
                        child.place() + " is no known key, expected one of " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    YamlNode child(String key) {
        return optionalChild(key).orElseThrow(() -> wrong("a mapping with \"" + key + "\""));
    }

    Optional<YamlNode> optionalChild(String key) {
        return Optional.ofNullable(entries().get(key));
    }

    List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("a list");
        }
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlNode(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    boolean isText() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.STR);
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    String text() {
        String text = Nodes.text(node).orElse("");
        if (!isText() || text.isEmpty()) {
            throw wrong("text (quote it when it looks like a number)");
        }
        return text;
    }

    int number(int min, int max) {
        try {
            int number = Integer.parseInt(Nodes.text(node).orElse(""));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notWhole) {
            throw wrong("a whole number between " + min + " and " + max);
        }
        throw wrong("a whole number between " + min + " and " + max);
    }

    Duration duration() {
        try {
            return DurationText.parse(Nodes.text(node).orElse(""));
        } catch (IllegalArgumentException malformed) {
            throw wrong("a duration such as 500ms, 1s or 2m");
        }
    }

    AdversaryConfigException wrong(String expected) {
        return new AdversaryConfigException(place() + " is " + Nodes.kind(node) + ", expected " + expected);
    }

    private String place() {
        return Nodes.position(node, new SourcePosition(file, 1, 1)) + ": " + path;
    }
}
