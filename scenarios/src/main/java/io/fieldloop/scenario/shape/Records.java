package io.fieldloop.scenario.shape;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes records from the values of their components. */
final class Records {
    /** Looked up once for each class: the files of a suite have tens of thousands of records of a few hundred. */
    private static final ClassValue<Constructor<?>> CANONICAL = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            return canonical(type);
        }
    };

    private Records() {}

    /** The record; null after telling {@code rules} which of the record's own rules the values break. */
    static @Nullable Object construct(Class<?> type, @Nullable Object[] values, Consumer<String> rules) {
        try {
            return CANONICAL.get(type).newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException rule) {
                rules.accept(String.valueOf(rule.getMessage()));
                return null;
            }
            throw new IllegalStateException("Cannot make a " + type.getSimpleName(), refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("Cannot make a " + type.getSimpleName(), impossible);
        }
    }

    private static Constructor<?> canonical(Class<?> type) {
        Class<?>[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(components);
            // Whoever describes a file by records need not show them to others.
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type.getSimpleName() + " is no record", impossible);
        }
    }
}
