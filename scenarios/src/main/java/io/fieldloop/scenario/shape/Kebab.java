package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.annotation.Key;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** The words of the file for Java names. */
public final class Kebab {
    private Kebab() {}

    /** {@code checksDates}, {@code ChecksDates} and {@code CHECKS_DATES} are all {@code checks-dates}. */
    public static String kebab(String javaName) {
        boolean constant = javaName.equals(javaName.toUpperCase(Locale.ROOT));
        String words = constant ? javaName.replace('_', '-') : javaName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
        return words.toLowerCase(Locale.ROOT);
    }

    public static String of(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key == null ? kebab(component.getName()) : key.value();
    }

    public static String of(Class<?> type) {
        Key key = type.getAnnotation(Key.class);
        return key == null ? kebab(type.getSimpleName()) : key.value();
    }

    /** The constant's {@code wireName()} where its enum has one, else its name in kebab-case. */
    public static String of(Enum<?> constant) {
        try {
            return (String) constant.getDeclaringClass().getMethod("wireName").invoke(constant);
        } catch (NoSuchMethodException none) {
            return kebab(constant.name());
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
