package io.fieldloop.scenario.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Finds the constructor of a record that takes its components. */
final class Constructors {
    private Constructors() {}

    static Constructor<?> of(Class<?> type) throws NoSuchMethodException {
        Class<?>[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(components);
    }
}
