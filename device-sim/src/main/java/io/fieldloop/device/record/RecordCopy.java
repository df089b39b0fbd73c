package io.fieldloop.device.record;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies a record with one component changed, at any depth; so no record spells all of its components for each of them. */
public final class RecordCopy {
    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return Form.of(type);
        }
    };

    private RecordCopy() {}

    /** The record with {@code value} at a path of component names such as {@code upstream.delay.mean}. */
    public static <R extends Record> R with(R record, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        Form form = FORMS.get(record.getClass());
        @Nullable Object[] values = new Object[form.components().size()];
        boolean found = false;
        try {
            for (int i = 0; i < values.length; i++) {
                Object old = form.components().get(i).getAccessor().invoke(record);
                boolean meant = form.components().get(i).getName().equals(name);
                found |= meant;
                values[i] = !meant ? old : dot < 0 ? value : with((Record) old, path.substring(dot + 1), value);
            }
            if (!found) {
                throw new IllegalArgumentException(record.getClass().getSimpleName() + " has no " + name);
            }
            @SuppressWarnings("unchecked")
            R copy = (R) form.construct(values);
            return copy;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("Cannot copy a " + record.getClass().getSimpleName(), impossible);
        }
    }

    /** What a record is made of; looked up once for each class, since every device of a scenario is a copy of a copy. */
    private record Form(List<RecordComponent> components, Constructor<?> constructor) {
        static Form of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                return new Form(List.of(components), type.getDeclaredConstructor(types));
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(type.getSimpleName() + " is no record", impossible);
            }
        }

        Object construct(@Nullable Object[] values) throws ReflectiveOperationException {
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
}
