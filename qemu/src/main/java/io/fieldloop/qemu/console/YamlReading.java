package io.fieldloop.qemu.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The nodes of one dictionary file; what is not as it should be is an exception that says where. */
final class YamlReading {

    static final int FILE_CHARS_MAX = 1 << 20;

    private final String file;

    YamlReading(String file) {
        this.file = file;
    }

    MappingReading root(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(FILE_CHARS_MAX)
                .build();
        try {
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(
                            () -> new ConsoleDictionaryException(file + " is empty: expected a console dictionary."));
            return mapping(root, "");
        } catch (MarkedYamlEngineException invalid) {
            int line = invalid.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConsoleDictionaryException(
                    file + ":" + line + ": is not valid YAML: " + oneLine(invalid.getProblem()) + ".");
        } catch (YamlEngineException invalid) {
            throw new ConsoleDictionaryException(file + ": is not valid YAML: " + oneLine(invalid.getMessage()) + ".");
        }
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }

    MappingReading mapping(Node node, String key) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, key, "expected key: value pairs");
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = scalar(tuple.getKeyNode(), key);
            if (entries.put(name, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), join(key, name), "this key is here twice, expected once");
            }
        }
        return new MappingReading(this, mapping, key, entries);
    }

    String scalar(Node node, String key) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, key, "expected one value");
    }

    /** A list, or a single value that stands for a list of one. */
    List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    List<String> scalars(Node node, String key) {
        List<String> scalars = new ArrayList<>();
        items(node).forEach(item -> scalars.add(scalar(item, key)));
        return scalars;
    }

    ConsoleDictionaryException unknown(Node node, String key, String what, String word, Collection<String> known) {
        return wrong(node, key, "unknown " + what + " '" + word + "', expected one of " + String.join(", ", known));
    }

    ConsoleDictionaryException wrong(Node node, String key, String what) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        return new ConsoleDictionaryException(
                file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + what + ".");
    }

    static String join(String key, String name) {
        return key.isEmpty() ? name : key + "." + name;
    }

    /** A mapping whose keys are taken one by one; those left over are mistakes. */
    record MappingReading(YamlReading yaml, Node node, String key, Map<String, Node> entries) {

        Optional<Node> take(String name) {
            return Optional.ofNullable(entries.remove(name));
        }

        Optional<String> text(String name) {
            return take(name).map(value -> yaml.scalar(value, path(name)));
        }

        Node required(String name) {
            return take(name).orElseThrow(() -> yaml.wrong(node, path(name), "is missing, expected it here"));
        }

        String requiredText(String name) {
            return yaml.scalar(required(name), path(name));
        }

        void nothingElse(Collection<String> known) {
            entries.forEach((name, value) -> {
                throw yaml.unknown(value, key.isEmpty() ? "top level" : key, "key", name, known);
            });
        }

        String path(String name) {
            return join(key, name);
        }
    }
}
