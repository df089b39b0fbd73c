package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.shape.Shape;
import io.fieldloop.scenario.shape.Shape.Choice;
import io.fieldloop.scenario.shape.Shape.Keyed;
import io.fieldloop.scenario.shape.Shape.ListOf;
import io.fieldloop.scenario.shape.Shape.MapOf;
import io.fieldloop.scenario.shape.Shape.Mapping;
import io.fieldloop.scenario.shape.Shape.NameList;
import io.fieldloop.scenario.shape.Shape.Part;
import io.fieldloop.scenario.shape.Shape.Text;
import io.fieldloop.scenario.shape.Shape.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes the reference of the scenario file format, in Markdown, from the same shapes the loader binds by. */
public final class FormatReference {
    private static final int WORDS_INLINE_MAX = 8;

    private final StringBuilder page = new StringBuilder();
    private final List<Shape> sections = new ArrayList<>();
    private final Set<Mapping> met = new LinkedHashSet<>();
    private final Map<String, Text> texts = new LinkedHashMap<>();

    private FormatReference() {}

    /** The page. */
    public static String markdown() {
        return new FormatReference().write(ScenarioDialect.scenario());
    }

    private String write(Mapping scenario) {
        page.append(FormatProse.INTRODUCTION);
        section("The file", scenario);
        page.append(FormatProse.MATRIX);
        events();
        values();
        words();
        return page.toString();
    }

    private void section(String title, Mapping mapping) {
        page.append("\n## ")
                .append(title)
                .append("\n\n")
                .append(sentence(mapping.doc()))
                .append('\n');
        shorthand(mapping);
        if (!mapping.oneOf().isEmpty()) {
            page.append("At least one of ").append(code(mapping.oneOf())).append(" is there.\n");
        }
        rows(mapping);
    }

    private void shorthand(Mapping mapping) {
        if (mapping.shorthand() != null) {
            page.append("A plain value is short for `{ ")
                    .append(mapping.shorthand())
                    .append(": … }`.\n");
        }
    }

    private void rows(Mapping mapping) {
        if (mapping.parts().stream().allMatch(part -> part instanceof Shape.Given)) {
            return;
        }
        page.append("\n| key | value | default | meaning |\n|--|--|--|--|\n");
        mapping.parts().forEach(this::row);
        mapping.alsoKeys().forEach((key, doc) -> row(key, "[matrix](#matrix)", "", doc));
        sectionsMet();
    }

    /** What the last table referred to for the first time, each followed by what it refers to itself. */
    private void sectionsMet() {
        List<Shape> now = List.copyOf(sections);
        sections.clear();
        for (Shape next : now) {
            if (next instanceof Mapping mapping) {
                section(title(mapping.name()), mapping);
            } else {
                variants((Choice) next);
            }
        }
    }

    private void row(Part part) {
        if (part instanceof Keyed keyed) {
            String fallback =
                    keyed.fallback() == null ? (keyed.required() ? "required" : "") : "`" + keyed.fallback() + "`";
            row(keyed.key(), value(keyed.shape()), fallback, keyed.doc());
        } else if (part instanceof Shape.Inlined inlined) {
            inlined(inlined.shape());
        }
    }

    private void inlined(Shape shape) {
        if (shape instanceof Mapping mapping && met.contains(mapping)) {
            row("keys of " + link(mapping.name()), "", "", "");
        } else if (shape instanceof Mapping mapping) {
            mapping.parts().forEach(this::row);
        } else if (shape instanceof Shape.Settings settings) {
            settings.docs().forEach((key, doc) -> {
                if (!key.contains(".")) {
                    boolean both = settings.keys().containsKey("upstream." + key);
                    row(key, "setting" + (both ? ", also by direction" : ""), "as in `base`", doc);
                }
            });
            page.append(
                    "| `upstream.…`, `downstream.…` | setting | as in `base` | A setting that goes by direction, for one of them |\n");
        } else if (shape instanceof Choice choice) {
            row(
                    choice.tag().isEmpty() ? "the verb" : choice.tag(),
                    value(choice),
                    "required",
                    "What kind of " + kind(choice) + " it is");
        }
    }

    private void row(String key, String value, String fallback, String doc) {
        String name = key.startsWith("`") || key.contains(" ") ? key : "`" + key + "`";
        page.append("| ").append(name).append(" | ").append(cell(value)).append(" | ");
        page.append(cell(fallback)).append(" | ").append(cell(doc)).append(" |\n");
    }

    private void variants(Choice choice) {
        choice.variants().forEach((word, variant) -> {
            page.append("\n### ")
                    .append(title(kind(choice)))
                    .append(' ')
                    .append(word)
                    .append("\n\n");
            page.append(sentence(variant.doc())).append('\n');
            shorthand(variant);
            rows(variant);
        });
    }

    private void values() {
        page.append("\n## Plain values\n\n| name | written |\n|--|--|\n");
        texts.forEach((name, text) -> {
            if (text.words().isEmpty()) {
                page.append("| ")
                        .append(name.replace('-', ' '))
                        .append(" | ")
                        .append(cell(text.expected()))
                        .append(" |\n");
            }
        });
    }

    private void words() {
        texts.forEach((name, text) -> {
            boolean documented = text.words().values().stream().anyMatch(doc -> !doc.isEmpty());
            if (documented || text.words().size() > WORDS_INLINE_MAX) {
                page.append("\n### ").append(title(name)).append("\n\n");
                text.words()
                        .forEach((word, doc) ->
                                word(word, name.equals("link-preset") ? LinkProfiles.summary(word) : doc));
            }
        });
    }

    private void word(String word, String doc) {
        page.append("- `")
                .append(word)
                .append('`')
                .append(doc.isEmpty() ? "" : ": " + doc)
                .append('\n');
    }

    private void events() {
        page.append(FormatProse.EVENTS);
        for (Lane lane : Lane.values()) {
            page.append("\n### Events of ").append(lane.wireName()).append("\n\n| event | attributes |\n|--|--|\n");
            EventCatalogue.of(lane)
                    .forEach(kind -> page.append("| `")
                            .append(kind.kind())
                            .append("` | ")
                            .append(kind.attributes().stream()
                                    .map(this::attribute)
                                    .collect(Collectors.joining("; ")))
                            .append(" |\n"));
        }
    }

    private String attribute(EventAttribute attribute) {
        Shape shape = AttributeShapes.of(attribute);
        return "`" + attribute.key() + "` " + (shape instanceof NameList ? "name of a device" : value(shape));
    }

    private String value(Shape shape) {
        if (shape instanceof Text text) {
            return text(text);
        }
        if (shape instanceof NameList names) {
            return names.declared() + " names";
        }
        if (shape instanceof Shape.Dependent) {
            return "mapping of [attributes](#events)";
        }
        if (shape instanceof ListOf list) {
            return "list of " + value(list.element());
        }
        if (shape instanceof MapOf map) {
            return "mapping of " + text(map.key()) + " to " + value(map.value());
        }
        if (shape instanceof Tuple tuple) {
            return "list of " + tuple.elements().size() + " "
                    + value(tuple.elements().get(0));
        }
        if (shape instanceof Mapping mapping) {
            if (met.add(mapping)) {
                sections.add(mapping);
            }
            return link(mapping.name());
        }
        return forms((Choice) shape);
    }

    private String forms(Choice choice) {
        boolean isNew = met.addAll(choice.variants().values());
        if (isNew) {
            sections.add(choice);
        }
        return choice.variants().keySet().stream()
                .map(word -> "[" + word + "](#" + kind(choice) + "-" + word + ")")
                .collect(Collectors.joining(", "));
    }

    /** What the variants of a choice are called. */
    private static String kind(Choice choice) {
        return switch (choice.style()) {
            case VERB -> "step";
            case KEY -> choice.name().equals("observation") ? "expectation" : bare(choice.name());
            case TAG -> "fault";
        };
    }

    private String text(Text text) {
        if (text.name().equals("event")) {
            return "[event](#events)";
        }
        texts.putIfAbsent(text.name(), text);
        if (text.words().isEmpty() || text.others()) {
            return text.name().equals("number")
                    ? text.expected().substring(2)
                    : text.name().replace('-', ' ');
        }
        return text.words().size() <= WORDS_INLINE_MAX ? code(text.words().keySet()) : link(text.name());
    }

    private static String link(String name) {
        return "[" + bare(name) + "](#" + bare(name).replace(' ', '-') + ")";
    }

    private static String title(String name) {
        String words = bare(name);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A record's name as users say it. */
    private static String bare(String name) {
        return name.replace("-spec", "").replace("placed-", "").replace('-', ' ');
    }

    private static String sentence(String doc) {
        return doc.endsWith(".") ? doc : doc + ".";
    }

    private static String code(Iterable<String> words) {
        return StreamSupport.stream(words.spliterator(), false)
                .map(word -> "`" + word + "`")
                .collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
