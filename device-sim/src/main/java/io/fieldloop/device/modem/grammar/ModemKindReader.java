package io.fieldloop.device.modem.grammar;

import io.fieldloop.device.link.profile.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads a modem's grammar from YAML; what is wrong with it is an {@link IllegalArgumentException} that names the command. */
final class ModemKindReader {

    private final Map<?, ?> root;
    private final @Nullable ModemKind base;
    private final Duration after;

    private ModemKindReader(Map<?, ?> root) {
        this.root = root;
        this.base = root.get("extends") == null ? null : bundled(text(root.get("extends")));
        this.after = duration(root.get("answers-after"), Duration.ofMillis(2));
    }

    static ModemKind bundled(String name) {
        String file = name + ".yaml";
        try (InputStream in = ModemKindReader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no modem '" + name + "': expected one of "
                        + String.join(", ", ModemKind.NAMES) + ", or a file with a grammar of your own.");
            }
            return read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + " from the program's own files.", e);
        }
    }

    static ModemKind file(Path file) {
        try {
            return read(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read the modem's grammar " + file + ".", e);
        }
    }

    static ModemKind read(String name, String yaml) {
        Object root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(yaml);
        return new ModemKindReader(map(root, "The grammar")).kind(name);
    }

    private ModemKind kind(String name) {
        Map<String, List<AtRule>> rules = new LinkedHashMap<>();
        map(root.get("commands"), "'commands'").forEach((form, value) -> {
            AtRule rule = rule(form.toString(), value);
            rules.computeIfAbsent(rule.form().name(), key -> new ArrayList<>()).add(rule);
        });
        Map<String, List<Template>> events = new LinkedHashMap<>();
        map(root.get("events"), "'events'").forEach((event, says) -> events.put(event.toString(), lines(says)));
        Map<String, String> settings = texts(root.get("settings"), "'settings'");
        Map<String, String> errors = texts(root.get("errors"), "'errors'");
        if (base != null) {
            base.rules()
                    .forEach((command, more) -> rules.computeIfAbsent(command, key -> new ArrayList<>())
                            .addAll(more));
            base.events().forEach(events::putIfAbsent);
            base.settings().forEach(settings::putIfAbsent);
            base.errors().forEach(errors::putIfAbsent);
        }
        return new ModemKind(name, settings, rules, events, errors);
    }

    private AtRule rule(String form, @Nullable Object value) {
        Map<?, ?> told = value == null ? Map.of() : map(value, "'" + form + "'");
        Map<Template, Template> sets = new LinkedHashMap<>();
        texts(told.get("sets"), "'sets' of '" + form + "'")
                .forEach((key, set) -> sets.put(Template.of(key), Template.of(set)));
        return new AtRule(
                AtCommand.parse(form),
                verb(form, told.get("does")),
                text(told.get("by")),
                answers(told.get("says")),
                sets,
                duration(told.get("after"), after));
    }

    private static Verb verb(String form, @Nullable Object value) {
        if (value == null) {
            return Verb.NOTHING;
        }
        String word = value.toString().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Verb verb : Verb.values()) {
            if (verb.name().equals(word)) {
                return verb;
            }
        }
        throw new IllegalArgumentException("'" + form + "' does '" + value + "', which is nothing a modem does.");
    }

    private static Map<String, List<Template>> answers(@Nullable Object says) {
        if (says instanceof Map<?, ?> cases) {
            Map<String, List<Template>> answers = new LinkedHashMap<>();
            cases.forEach((value, lines) -> answers.put(value.toString(), lines(lines)));
            return answers;
        }
        return Map.of("", says == null ? List.of(Template.of("OK")) : lines(says));
    }

    private static List<Template> lines(@Nullable Object says) {
        if (says instanceof List<?> list) {
            return list.stream().map(line -> Template.of(line.toString())).toList();
        }
        return says == null ? List.of() : List.of(Template.of(says.toString()));
    }

    private static Map<String, String> texts(@Nullable Object value, String what) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value != null) {
            map(value, what).forEach((key, text) -> texts.put(key.toString(), text(text)));
        }
        return texts;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(what + " of a modem's grammar: expected a mapping.");
    }

    private static Duration duration(@Nullable Object value, Duration otherwise) {
        return value == null ? otherwise : Quantity.duration(value.toString());
    }
}
