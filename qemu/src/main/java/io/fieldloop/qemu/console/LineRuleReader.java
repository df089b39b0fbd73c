package io.fieldloop.qemu.console;

import io.fieldloop.device.event.Phase;
import io.fieldloop.qemu.console.YamlReading.MappingReading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one entry of a dictionary's {@code lines}. */
final class LineRuleReader {

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([^=!>][^>]*)>");
    private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\(?:[1-9]|k<)");

    private final YamlReading yaml;

    LineRuleReader(YamlReading yaml) {
        this.yaml = yaml;
    }

    /** One rule for each tag it names. */
    List<LineRule> read(MappingReading entry, int order) {
        List<String> tags = entry.take("tag")
                .map(node -> yaml.scalars(node, entry.path("tag")))
                .orElse(List.of(""));
        Node lineNode = entry.required("line");
        Pattern line = pattern(lineNode, entry.path("line"));
        Set<Value> groups = groups(line, lineNode, entry.path("line"));
        Set<Observation> is = entry.take("is")
                .map(node -> observations(yaml, node, entry.path("is")))
                .orElse(Set.of());
        Map<Value, String> constants = constants(entry);
        entry.nothingElse(keys());
        List<LineRule> rules = new ArrayList<>();
        for (String tag : tags) {
            rules.add(new LineRule(order + rules.size(), tag, line, is, groups, constants, false));
        }
        return rules;
    }

    static Set<Observation> observations(YamlReading yaml, Node node, String key) {
        Set<Observation> observations = EnumSet.noneOf(Observation.class);
        for (String word : yaml.scalars(node, key)) {
            observations.add(Observation.named(word)
                    .orElseThrow(() -> yaml.unknown(node, key, "observation", word, Observation.words())));
        }
        return observations;
    }

    private Pattern pattern(Node node, String key) {
        String text = yaml.scalar(node, key);
        if (BACK_REFERENCE.matcher(text).find()) {
            throw yaml.wrong(node, key, "has a back reference, expected a pattern without");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException broken) {
            throw yaml.wrong(
                    node,
                    key,
                    "is no regular expression (" + broken.getDescription() + " near character "
                            + Math.max(0, broken.getIndex()) + "), expected a Java one");
        }
    }

    private Set<Value> groups(Pattern line, Node node, String key) {
        Set<Value> groups = EnumSet.noneOf(Value.class);
        Matcher names = GROUP.matcher(line.pattern());
        while (names.find()) {
            String name = names.group(1);
            groups.add(Value.named(name).orElseThrow(() -> yaml.unknown(node, key, "group", name, Value.words())));
        }
        return groups;
    }

    private Map<Value, String> constants(MappingReading entry) {
        Map<Value, String> constants = new EnumMap<>(Value.class);
        for (Value value : Value.values()) {
            Optional<Node> node = entry.take(value.word());
            if (node.isPresent()) {
                String path = entry.path(value.word());
                String text = yaml.scalar(node.get(), path);
                checkWord(value, text, node.get(), path);
                constants.put(value, text);
            }
        }
        return constants;
    }

    private void checkWord(Value value, String text, Node node, String path) {
        if (value == Value.REASON && Reasons.named(text).isEmpty()) {
            throw yaml.unknown(node, path, "reason", text, Reasons.words());
        }
        if (value == Value.PHASE && Phase.named(text).isEmpty()) {
            throw yaml.unknown(node, path, "phase", text, Phase.wireNames());
        }
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of("tag", "line", "is"));
        keys.addAll(Value.words());
        return keys;
    }
}
