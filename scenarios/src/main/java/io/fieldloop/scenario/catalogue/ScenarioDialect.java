package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.model.CaseName;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.shape.Dialect;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.ScalarShapes;
import io.fieldloop.scenario.shape.Shape;
import io.fieldloop.scenario.shape.Shapes;
import io.fieldloop.scenario.shape.WordShapes;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultCatalogue;
import io.fieldloop.server.fault.Param;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What scenario files have beside the plain values: values of the model, and the words, settings and faults of other modules. */
public final class ScenarioDialect implements Dialect {
    private ScenarioDialect() {}

    /** The shape of a whole scenario file. */
    public static Shape.Mapping scenario() {
        return shape(Scenario.class);
    }

    /** The shape of a record that has the same values, settings and faults as scenario files. */
    public static Shape.Mapping shape(Class<?> type) {
        return Shapes.of(type, new ScenarioDialect());
    }

    @Override
    public Shape.@Nullable Text value(Class<?> type) {
        return ScenarioValues.of(type);
    }

    @Override
    public Shape.Text words(String list) {
        return WordShapes.of(list, Vocabulary.named(list)::words);
    }

    @Override
    public Shape.Settings settings() {
        return LinkSettings.shape();
    }

    @Override
    public Map<String, Map<String, Shape>> forms() {
        return AttributeShapes.forms();
    }

    @Override
    public String doc(Class<?> type) {
        return FaultAction.class.isAssignableFrom(type)
                ? FaultCatalogue.named(Kebab.of(type))
                        .map(FaultCatalogue.Entry::description)
                        .orElse("")
                : "";
    }

    @Override
    public Parameter parameter(RecordComponent component) {
        Param told = FaultCatalogue.parameter(component);
        if (told == null) {
            return Parameter.NONE;
        }
        boolean bounded = told.min() != Long.MIN_VALUE;
        Shape.Text number = bounded ? ScalarShapes.integer(component.getType(), told.min(), told.max()) : null;
        return new Parameter(
                told.value(),
                told.fallback().isEmpty() ? null : told.fallback(),
                number != null && component.getName().equals("bytes") ? ScenarioValues.orSize(number) : number);
    }

    @Override
    public Set<Class<?>> given() {
        return Set.of(CaseName.class);
    }
}
