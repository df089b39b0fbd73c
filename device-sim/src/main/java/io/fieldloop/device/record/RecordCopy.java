package io.fieldloop.device.record;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies a record with one component changed, at any depth; so no record spells all of its components for each of them. */
public final class RecordCopy {
    private RecordCopy() {}

    /** The record with {@code value} at a path of component names such as {@code upstream.delay.mean}. */
    public static <R extends Record> R with(R record, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        RecordComponent[] components = record.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                Object old = components[i].getAccessor().invoke(record);
                boolean meant = components[i].getName().equals(name);
                found |= meant;
                values[i] = !meant ? old : dot < 0 ? value : with((Record) old, path.substring(dot + 1), value);
            }
            if (!found) {
                throw new IllegalArgumentException(record.getClass().getSimpleName() + " has no " + name);
            }
            return construct(record, components, values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("Cannot copy a " + record.getClass().getSimpleName(), impossible);
        }
    }

    private static <R extends Record> R construct(R record, RecordComponent[] components, @Nullable Object[] values)
            throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) record.getClass();
        Constructor<R> constructor = type.getDeclaredConstructor(types);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException rule) {
                throw rule;
            }
            throw refused;
        }
    }
}
