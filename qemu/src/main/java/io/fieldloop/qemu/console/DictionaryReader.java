package io.fieldloop.qemu.console;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.qemu.bytes.BoundedFile;
import io.fieldloop.qemu.console.ConsoleDictionary.Ambiguity;
import io.fieldloop.qemu.console.YamlReading.MappingReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a console dictionary and puts it in front of the one it extends. */
final class DictionaryReader {

    private static final List<String> BUNDLED = List.of("stock", "fieldloop");
    private static final List<String> EXTENDABLE = List.of("stock", "fieldloop", "none");
    private static final List<String> KEYS =
            List.of("dictionary", "extends", "replaces", "controls", "codes", "alerts", "ambiguous", "lines");
    private static final List<String> CONTROL_KEYS =
            List.of("ready", "connect", "disconnect", "talk", "interrupt", "press", "reboot");

    private final YamlReading yaml;
    private final MappingReading root;

    private DictionaryReader(String file, String text) {
        this.yaml = new YamlReading(file);
        this.root = yaml.root(text);
    }

    static ConsoleDictionary bundled(String name) {
        String resource = name + ".yaml";
        try (InputStream in = DictionaryReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no bundled console dictionary " + resource);
            }
            return new DictionaryReader(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8)).read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ConsoleDictionary read(Path file) {
        try {
            return read(file.toString(), text(file));
        } catch (NoSuchFileException missing) {
            throw new ConsoleDictionaryException(file + ": no such file, expected a console dictionary.");
        } catch (CharacterCodingException binary) {
            throw new ConsoleDictionaryException(file + ": is not UTF-8 text, expected a console dictionary.");
        } catch (IOException unreadable) {
            throw new ConsoleDictionaryException(file + ": cannot be read (" + unreadable.getMessage() + ").");
        }
    }

    private static String text(Path file) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(BoundedFile.read(file, YamlReading.FILE_CHARS_MAX)))
                .toString();
    }

    static ConsoleDictionary read(String file, String text) {
        return new DictionaryReader(file, text).read();
    }

    private ConsoleDictionary read() {
        String title = root.requiredText("dictionary");
        ConsoleDictionary base = base();
        Set<Observation> replaced = root.take("replaces")
                .map(node -> observations(node, "replaces"))
                .orElse(Set.of());
        Map<String, FailureReason> codes = new LinkedHashMap<>(base == null ? Map.of() : base.codes());
        table("codes").forEach((code, reason) -> codes.put(Codes.printed(code), reason));
        Map<Integer, FailureReason> alerts = new LinkedHashMap<>(base == null ? Map.of() : base.alerts());
        root.take("alerts").ifPresent(node -> alerts.putAll(alerts(node)));
        List<Ambiguity> ambiguities =
                root.take("ambiguous").map(this::ambiguities).orElse(base == null ? List.of() : base.ambiguities());
        ConsoleControls controls = root.take("controls")
                .map(this::controls)
                .orElse(base == null ? null : base.controls().orElse(null));
        List<LineRule> rules = lines();
        if (base != null) {
            inherit(base, replaced, rules);
        }
        root.nothingElse(KEYS);
        return new ConsoleDictionary(title, rules, codes, alerts, ambiguities, controls);
    }

    private @Nullable ConsoleDictionary base() {
        Optional<Node> node = root.take("extends");
        String base = node.map(value -> yaml.scalar(value, "extends")).orElse("stock");
        if (!EXTENDABLE.contains(base)) {
            throw yaml.unknown(node.orElseThrow(), "extends", "dictionary", base, EXTENDABLE);
        }
        return BUNDLED.contains(base) ? bundled(base) : null;
    }

    /** A line of the base that only said what this dictionary says itself still counts as evidence for a reason. */
    private static void inherit(ConsoleDictionary base, Set<Observation> replaced, List<LineRule> rules) {
        for (LineRule rule : base.rules()) {
            Set<Observation> left = EnumSet.noneOf(Observation.class);
            left.addAll(rule.is());
            left.removeAll(replaced);
            rules.add(rule.at(rules.size(), Set.copyOf(left)));
        }
    }

    private Map<String, FailureReason> table(String key) {
        Map<String, FailureReason> table = new LinkedHashMap<>();
        root.take(key)
                .ifPresent(node -> yaml.mapping(node, key)
                        .entries()
                        .forEach((name, value) -> table.put(name, reason(value, YamlReading.join(key, name)))));
        return table;
    }

    private Map<Integer, FailureReason> alerts(Node node) {
        Map<Integer, FailureReason> alerts = new LinkedHashMap<>();
        yaml.mapping(node, "alerts").entries().forEach((number, value) -> {
            if (!number.matches("\\d{1,3}")) {
                throw yaml.wrong(value, "alerts." + number, "expected the number of a TLS alert");
            }
            alerts.put(Integer.valueOf(number), reason(value, "alerts." + number));
        });
        return alerts;
    }

    private FailureReason reason(Node node, String key) {
        String word = yaml.scalar(node, key);
        return Reasons.named(word).orElseThrow(() -> yaml.unknown(node, key, "reason", word, Reasons.words()));
    }

    private List<Ambiguity> ambiguities(Node node) {
        List<Ambiguity> ambiguities = new ArrayList<>();
        for (Node item : yaml.items(node)) {
            MappingReading one = yaml.mapping(item, "ambiguous[" + ambiguities.size() + "]");
            Set<FailureReason> mayBe = new LinkedHashSet<>();
            yaml.items(one.required("may-be")).forEach(value -> mayBe.add(reason(value, one.path("may-be"))));
            ambiguities.add(new Ambiguity(
                    reason(one.required("said"), one.path("said")),
                    one.text("code").orElse(null),
                    mayBe,
                    one.requiredText("because")));
            one.nothingElse(List.of("said", "code", "may-be", "because"));
        }
        return ambiguities;
    }

    private @Nullable ConsoleControls controls(Node node) {
        MappingReading controls = yaml.mapping(node, "controls");
        MappingReading ready = yaml.mapping(controls.required("ready"), "controls.ready");
        List<LineRule> readyRule = new LineRuleReader(yaml).read(ready, 0);
        ConsoleControls read = new ConsoleControls(
                readyRule.get(0),
                controls.requiredText("connect"),
                controls.requiredText("disconnect"),
                controls.text("talk").orElse(null),
                controls.text("interrupt").orElse(null),
                controls.text("press").orElse(null),
                controls.text("reboot").orElse(null));
        controls.nothingElse(CONTROL_KEYS);
        return read;
    }

    private Set<Observation> observations(Node node, String key) {
        return LineRuleReader.observations(yaml, node, key);
    }

    private List<LineRule> lines() {
        List<LineRule> rules = new ArrayList<>();
        LineRuleReader reader = new LineRuleReader(yaml);
        List<Node> nodes = root.take("lines").map(yaml::items).orElse(List.of());
        for (int i = 0; i < nodes.size(); i++) {
            MappingReading line = yaml.mapping(nodes.get(i), "lines[" + i + "]");
            rules.addAll(reader.read(line, rules.size()));
        }
        return rules;
    }
}
