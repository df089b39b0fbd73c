package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.Shape.Choice;
import io.fieldloop.scenario.shape.Shape.Given;
import io.fieldloop.scenario.shape.Shape.Inlined;
import io.fieldloop.scenario.shape.Shape.Keyed;
import io.fieldloop.scenario.shape.Shape.ListOf;
import io.fieldloop.scenario.shape.Shape.MapOf;
import io.fieldloop.scenario.shape.Shape.Mapping;
import io.fieldloop.scenario.shape.Shape.NameList;
import io.fieldloop.scenario.shape.Shape.Part;
import io.fieldloop.scenario.shape.Shape.Text;
import io.fieldloop.scenario.shape.Shape.Tuple;
import io.fieldloop.scenario.shape.annotation.AlsoKey;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.ByKey;
import io.fieldloop.scenario.shape.annotation.ByVerb;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.DependsOn;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Inline;
import io.fieldloop.scenario.shape.annotation.Known;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.annotation.OneOf;
import io.fieldloop.scenario.shape.annotation.Positional;
import io.fieldloop.scenario.shape.annotation.Refers;
import io.fieldloop.scenario.shape.annotation.Shorthand;
import io.fieldloop.scenario.shape.annotation.Tagged;
import io.fieldloop.scenario.shape.annotation.Without;
import io.fieldloop.scenario.shape.annotation.Written;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.shape.yaml.SourceText;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads shapes off records, once; binder, schema and reference are drawn from the same result. */
public final class Shapes {
    private static final Set<Class<?>> GIVEN = Set.of(SourcePosition.class, SourceText.class);

    private final Dialect dialect;
    private final Map<Class<?>, Shape> known = new HashMap<>();

    private Shapes(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The shape of a file that becomes a {@code root}. */
    public static Mapping of(Class<?> root, Dialect dialect) {
        return new Shapes(dialect).mapping(root);
    }

    private Mapping mapping(Class<?> type) {
        Mapping seen = (Mapping) known.get(type);
        if (seen != null) {
            return seen;
        }
        List<Part> parts = new ArrayList<>();
        Shorthand shorthand = type.getAnnotation(Shorthand.class);
        OneOf oneOf = type.getAnnotation(OneOf.class);
        AlsoKey also = type.getAnnotation(AlsoKey.class);
        Mapping mapping = new Mapping(
                type,
                Kebab.of(type),
                doc(type),
                Collections.unmodifiableList(parts),
                shorthand == null ? null : shorthand.value(),
                oneOf == null ? List.of() : List.of(oneOf.value()),
                also == null ? Map.of() : Map.of(also.value(), also.doc()));
        // Known before its parts are: a step has steps that are done meanwhile.
        known.put(type, mapping);
        for (RecordComponent component : type.getRecordComponents()) {
            parts.add(part(component));
        }
        return mapping;
    }

    private String doc(Class<?> type) {
        Doc doc = type.getAnnotation(Doc.class);
        return doc == null ? dialect.doc(type) : doc.value();
    }

    private Part part(RecordComponent component) {
        if (GIVEN.contains(component.getType()) || dialect.given().contains(component.getType())) {
            return new Given(component.getType());
        }
        if (component.isAnnotationPresent(Inline.class)) {
            return new Inlined(inlined(component));
        }
        return keyed(component);
    }

    private Shape inlined(RecordComponent component) {
        if (component.getType() == Map.class) {
            return dialect.settings();
        }
        Tagged tagged = component.getAnnotation(Tagged.class);
        return tagged == null ? shape(component) : tagged(component.getType(), tagged.value());
    }

    private Keyed keyed(RecordComponent component) {
        String key = Kebab.of(component);
        Dialect.Parameter parameter = dialect.parameter(component);
        Default written = component.getAnnotation(Default.class);
        String fallback = written == null ? parameter.fallback() : written.value();
        Doc doc = component.getAnnotation(Doc.class);
        Without without = component.getAnnotation(Without.class);
        return new Keyed(
                key,
                shape(component, parameter),
                doc == null ? parameter.doc() : doc.value(),
                fallback,
                fallback == null && !isNullable(component.getAnnotatedType()),
                without == null ? Set.of() : Set.of(without.value()));
    }

    private Shape shape(RecordComponent component, Dialect.Parameter parameter) {
        return parameter.value() == null ? shape(component) : parameter.value();
    }

    private Shape shape(RecordComponent component) {
        DependsOn on = component.getAnnotation(DependsOn.class);
        if (on != null) {
            return new Shape.Dependent(List.of(on.value()), dialect.forms());
        }
        Known words = component.getAnnotation(Known.class);
        if (words != null) {
            return dialect.words(words.value());
        }
        Refers refers = component.getAnnotation(Refers.class);
        if (refers != null) {
            return new NameList(refers.value());
        }
        return shape(component.getAnnotatedType(), component);
    }

    private Shape shape(AnnotatedType annotated, AnnotatedElement place) {
        Class<?> type = raw(annotated.getType());
        Written written = place.getAnnotation(Written.class);
        boolean notEmpty = place.isAnnotationPresent(NotEmpty.class);
        if (type == List.class) {
            AnnotatedType element = argument(annotated, 0);
            return new ListOf(shape(element, element), notEmpty);
        }
        if (type == Map.class) {
            AnnotatedType value = argument(annotated, 1);
            return new MapOf(
                    shape(value, value),
                    written == null ? ScalarShapes.FREE : ScalarShapes.of(written.value()),
                    isNullable(value));
        }
        if (written != null) {
            return ScalarShapes.of(written.value());
        }
        if (notEmpty) {
            return ScalarShapes.NOT_EMPTY;
        }
        Text text = ScalarShapes.of(type, place.getAnnotation(Bounds.class));
        Text own = text == null ? dialect.value(type) : text;
        return own == null ? structure(type) : own;
    }

    private Shape structure(Class<?> type) {
        if (type.isAnnotationPresent(Positional.class)) {
            return new Tuple(
                    type,
                    Arrays.stream(type.getRecordComponents()).map(this::shape).toList());
        }
        if (type.isRecord()) {
            return mapping(type);
        }
        if (type.isAnnotationPresent(ByVerb.class)) {
            return choice(type, Choice.Style.VERB);
        }
        if (type.isAnnotationPresent(ByKey.class)) {
            return choice(type, Choice.Style.KEY);
        }
        throw new IllegalStateException("No way to write a " + type.getName() + " in a file");
    }

    private Choice choice(Class<?> type, Choice.Style style) {
        Choice seen = (Choice) known.get(type);
        if (seen != null) {
            return seen;
        }
        Map<String, Mapping> variants = new LinkedHashMap<>();
        for (Class<?> variant : leaves(type)) {
            boolean byVerb = style == Choice.Style.VERB;
            variants.put(byVerb ? Kebab.of(variant) : Kebab.of(variant.getRecordComponents()[0]), mapping(variant));
        }
        Choice choice = new Choice(Kebab.of(type), style, "", variants);
        known.put(type, choice);
        return choice;
    }

    private Choice tagged(Class<?> type, String tag) {
        Map<String, Mapping> variants = new LinkedHashMap<>();
        // Without a permits clause the order is the compiler's, and not the same in all of them.
        leaves(type).stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .forEach(variant -> variants.put(Kebab.of(variant), mapping(variant)));
        return new Choice(Kebab.of(type), Choice.Style.TAG, tag, variants);
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        List<Class<?>> leaves = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                leaves.addAll(leaves(permitted));
            } else {
                leaves.add(permitted);
            }
        }
        return leaves;
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
