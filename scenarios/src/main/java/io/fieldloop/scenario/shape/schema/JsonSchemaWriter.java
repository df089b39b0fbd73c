package io.fieldloop.scenario.shape.schema;

import static io.fieldloop.scenario.shape.schema.SchemaPart.anyOf;
import static io.fieldloop.scenario.shape.schema.SchemaPart.json;

import io.fieldloop.scenario.shape.Shape;
import io.fieldloop.scenario.shape.Shape.Choice;
import io.fieldloop.scenario.shape.Shape.Keyed;
import io.fieldloop.scenario.shape.Shape.ListOf;
import io.fieldloop.scenario.shape.Shape.MapOf;
import io.fieldloop.scenario.shape.Shape.Mapping;
import io.fieldloop.scenario.shape.Shape.NameList;
import io.fieldloop.scenario.shape.Shape.Text;
import io.fieldloop.scenario.shape.Shape.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes the JSON Schema (draft 2020-12) of a kind of file, for editors that complete and check it.
 *
 * <p>It knows the form of a file. What depends on other parts of the file (is this device declared?) the loader tells.
 */
public final class JsonSchemaWriter {
    private static final String REFERENCE = "matrix-reference";
    private static final Set<String> INLINE = Set.of("number", "text", "true-or-false", "link-setting");

    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private JsonSchemaWriter() {}

    /** The schema of a file whose root has that shape, as indented JSON. */
    public static String write(String id, String title, Mapping root) {
        return JsonText.of(new JsonSchemaWriter().document(id, title, root));
    }

    private Map<String, Object> document(String id, String title, Mapping root) {
        definitions.put(
                REFERENCE,
                json("description", "A value from the matrix", "type", "string", "pattern", "\\$\\{[^{}]+\\}"));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("$id", id);
        document.put("title", title);
        document.putAll(objects(root, Set.of()).get(0));
        document.put("$defs", definitions);
        return document;
    }

    private Map<String, Object> schema(Shape shape, Set<String> without) {
        if (shape instanceof Text text) {
            return text(text);
        }
        if (shape instanceof NameList) {
            Map<String, Object> name = json("type", "string", "minLength", 1);
            return anyOf(List.of(name, json("type", "array", "minItems", 1, "items", name)));
        }
        if (shape instanceof ListOf list) {
            Map<String, Object> array = json("type", "array", "items", schema(list.element(), Set.of()));
            if (list.notEmpty()) {
                array.put("minItems", 1);
            }
            return orReference(array);
        }
        if (shape instanceof MapOf map) {
            return orReference(map(map));
        }
        if (shape instanceof Tuple tuple) {
            int size = tuple.elements().size();
            Map<String, Object> item = schema(tuple.elements().get(0), Set.of());
            return orReference(json("type", "array", "items", item, "minItems", size, "maxItems", size));
        }
        if (shape instanceof Mapping mapping) {
            return defined(mapping.name(), () -> mapping(mapping));
        }
        if (shape instanceof Shape.Dependent) {
            return orReference(json("type", List.of("object", "null")));
        }
        return choice((Choice) shape, without);
    }

    private Map<String, Object> map(MapOf map) {
        Map<String, Object> value = schema(map.value(), Set.of());
        Map<String, Object> object = json(
                "type",
                List.of("object", "null"),
                "additionalProperties",
                map.nullable() ? anyOf(List.of(value, json("type", "null"))) : value);
        if (map.key().pattern() != null) {
            object.put(
                    "propertyNames",
                    orReference(json("pattern", TextSchema.whole(map.key().pattern()))));
        }
        return object;
    }

    private Map<String, Object> text(Text text) {
        return INLINE.contains(text.name())
                ? orReference(TextSchema.of(text))
                : defined(text.name(), () -> orReference(TextSchema.of(text)));
    }

    private Map<String, Object> mapping(Mapping mapping) {
        List<Map<String, Object>> forms = new ArrayList<>(objects(mapping, Set.of()));
        boolean nothingNeeded = forms.stream()
                .noneMatch(
                        form -> form.containsKey("required") || form.containsKey("anyOf") || form.containsKey("oneOf"));
        if (mapping.shorthand() != null) {
            forms.add(shorthand(mapping, mapping.shorthand()));
        }
        if (nothingNeeded) {
            forms.add(json("type", "null"));
        }
        forms.add(json("$ref", "#/$defs/" + REFERENCE));
        Map<String, Object> schema = json("description", mapping.doc());
        schema.putAll(anyOf(forms));
        return schema;
    }

    private Map<String, Object> shorthand(Mapping mapping, String key) {
        for (Shape.Part part : mapping.parts()) {
            if (part instanceof Shape.Inlined inlined && inlined.shape() instanceof Mapping inner) {
                return schema(inner.keyed(key).shape(), Set.of());
            }
        }
        return schema(mapping.keyed(key).shape(), Set.of());
    }

    private Map<String, Object> choice(Choice choice, Set<String> without) {
        List<Map<String, Object>> forms = new ArrayList<>();
        choice.variants().values().forEach(variant -> forms.addAll(objects(variant, without)));
        return anyOf(forms);
    }

    /** The mapping's forms: one, or one for each variant of a tagged choice among its keys. */
    private List<Map<String, Object>> objects(Mapping mapping, Set<String> without) {
        List<ObjectForm> forms = forms(mapping, without);
        return forms.stream().map(ObjectForm::schema).toList();
    }

    private List<ObjectForm> forms(Mapping mapping, Set<String> without) {
        List<ObjectForm> forms = List.of(new ObjectForm(mapping.doc()));
        for (Shape.Part part : mapping.parts()) {
            if (part instanceof Keyed keyed && !without.contains(keyed.key())) {
                forms.forEach(form -> form.key(keyed.key(), property(keyed), keyed.required()));
                if (keyed.shape() instanceof Shape.Dependent dependent) {
                    String name = keyed.key() + "-by-" + dependent.on().get(0);
                    Map<String, Object> also = defined(name, () -> conditions(keyed.key(), dependent));
                    forms.forEach(form -> form.also(also));
                }
            } else if (part instanceof Shape.Inlined inlined) {
                forms = withInlined(forms, inlined.shape());
            }
        }
        for (ObjectForm form : forms) {
            mapping.alsoKeys().forEach((key, doc) -> form.key(key, matrix(doc), false));
            form.anyRequired(mapping.oneOf());
        }
        return forms;
    }

    /** Which keys go with which word; that several words together may allow fewer is the loader's business. */
    private Map<String, Object> conditions(String key, Shape.Dependent dependent) {
        String on = dependent.on().get(0);
        List<Object> conditions = new ArrayList<>();
        dependent.forms().forEach((word, keys) -> {
            if (!word.contains(" ")) {
                Map<String, Object> is = json("properties", Map.of(on, Map.of("const", word)), "required", List.of(on));
                Map<String, Object> then = json("properties", Map.of(key, orReference(object(keys))));
                conditions.add(json("if", is, "then", then));
            }
        });
        return json("allOf", conditions);
    }

    private Map<String, Object> object(Map<String, Shape> keys) {
        Map<String, Object> properties = new LinkedHashMap<>();
        keys.forEach((key, shape) ->
                properties.put(key, anyOf(List.of(schema(shape, Set.of()), json("type", "null")))));
        return json("type", List.of("object", "null"), "properties", properties, "additionalProperties", false);
    }

    private static Map<String, Object> matrix(String doc) {
        Map<String, Object> partial = json("type", "object", "minProperties", 1);
        return json(
                "description",
                doc,
                "type",
                "object",
                "minProperties",
                1,
                "properties",
                json("exclude", json("type", "array", "items", partial)),
                "additionalProperties",
                json("type", "array", "minItems", 1));
    }

    private List<ObjectForm> withInlined(List<ObjectForm> forms, Shape shape) {
        if (shape instanceof Shape.Settings settings) {
            settings.keys()
                    .forEach((key, text) -> forms.forEach(form -> {
                        Map<String, Object> property =
                                json("description", settings.docs().getOrDefault(key, ""));
                        property.putAll(text(text));
                        form.key(key, property, false);
                    }));
            return forms;
        }
        if (shape instanceof Mapping mapping) {
            return product(forms, forms(mapping, Set.of()));
        }
        Choice choice = (Choice) shape;
        return choice.style() == Choice.Style.TAG ? product(forms, tagged(choice)) : verbs(forms, choice);
    }

    private List<ObjectForm> tagged(Choice choice) {
        List<ObjectForm> all = new ArrayList<>();
        choice.variants().forEach((tag, variant) -> {
            for (ObjectForm form : forms(variant, Set.of())) {
                form.key(choice.tag(), json("const", tag), true);
                all.add(form);
            }
        });
        ObjectForm fromMatrix = ObjectForm.open("What the matrix says");
        fromMatrix.key(choice.tag(), json("$ref", "#/$defs/" + REFERENCE), true);
        all.add(fromMatrix);
        return all;
    }

    private List<ObjectForm> verbs(List<ObjectForm> forms, Choice choice) {
        for (ObjectForm form : forms) {
            choice.variants().forEach((verb, variant) -> form.key(verb, schema(variant, Set.of()), false));
            form.oneRequired(choice.variants().keySet());
        }
        return forms;
    }

    private static List<ObjectForm> product(List<ObjectForm> left, List<ObjectForm> right) {
        List<ObjectForm> product = new ArrayList<>();
        left.forEach(l -> right.forEach(r -> product.add(l.and(r))));
        return product;
    }

    private Map<String, Object> property(Keyed keyed) {
        Map<String, Object> property = json("description", keyed.doc());
        boolean nullable = keyed.fallback() == null && !keyed.required();
        Map<String, Object> value = schema(keyed.shape(), keyed.without());
        property.putAll(nullable ? anyOf(List.of(value, json("type", "null"))) : value);
        if (keyed.fallback() != null) {
            property.put("default", DefaultValueJson.json(keyed.fallback()));
        }
        return property;
    }

    private Map<String, Object> defined(String name, Supplier<Map<String, Object>> definition) {
        if (definitions.putIfAbsent(name, Map.of()) == null) {
            definitions.put(name, definition.get());
        }
        return json("$ref", "#/$defs/" + name);
    }

    private static Map<String, Object> orReference(Map<String, Object> schema) {
        return anyOf(List.of(schema, json("$ref", "#/$defs/" + REFERENCE)));
    }
}
