package io.fieldloop.qemu.console;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.qemu.console.LineRule.Sighting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events that one line tells completely: those whose record has a component for each value of the line.
 *
 * <p>An observation is the kind of its event, and a value the name of a component, so that a new event needs no code here.
 */
final class PlainEvents {
    /** The endings of values that are times. */
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("Ms", ChronoUnit.MILLIS, "Us", ChronoUnit.MICROS, "Seconds", ChronoUnit.SECONDS);

    private PlainEvents() {}

    /** Empty where the line lacks a word that the vocabulary has. */
    static Optional<DeviceEvent> of(Observation observation, Sighting sighting) {
        return Arrays.stream(DeviceEvent.class.getPermittedSubclasses())
                .filter(event -> EventRecords.kind(event).equals(observation.word()))
                .findFirst()
                .flatMap(event -> make(event, sighting));
    }

    private static Optional<DeviceEvent> make(Class<?> event, Sighting sighting) {
        RecordComponent[] components = event.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, sighting))
                .toArray();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !isNullable(components[i])) {
                return Optional.empty();
            }
        }
        try {
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return Optional.of((DeviceEvent) event.getDeclaredConstructor(types).newInstance(values));
        } catch (ReflectiveOperationException cannotBe) {
            throw new IllegalStateException(event + " cannot be made of a console line.", cause(cannotBe));
        }
    }

    private static Throwable cause(ReflectiveOperationException failed) {
        return failed instanceof InvocationTargetException && failed.getCause() != null ? failed.getCause() : failed;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object value(RecordComponent component, Sighting sighting) {
        Class<?> type = component.getType();
        if (type == Duration.class) {
            return duration(component.getName(), sighting);
        }
        String text = Value.named(component.getName()).flatMap(sighting::value).orElse(null);
        if (text == null && isNullable(component)) {
            return null;
        }
        if (type == String.class) {
            return text == null ? "" : text;
        }
        if (type == boolean.class) {
            return "1".equals(text) || "true".equals(text);
        }
        if (type.isEnum()) {
            return constant(type, text == null ? "" : text);
        }
        if (type == Double.class) {
            return Double.valueOf(text == null ? "0" : text);
        }
        long number = text == null ? 0 : Codes.number(text);
        return type == int.class || type == Integer.class ? (Object) (int) number : (Object) number;
    }

    private static @Nullable Object constant(Class<?> type, String word) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> EventRecords.word((Enum<?>) constant).equals(word))
                .findFirst()
                .orElse(null);
    }

    private static Duration duration(String name, Sighting sighting) {
        for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
            Optional<String> text = Value.named(name + unit.getKey()).flatMap(sighting::value);
            if (text.isPresent()) {
                return Duration.of(Codes.number(text.get()), unit.getValue());
            }
        }
        return Duration.ZERO;
    }

    static Optional<Duration> millis(Sighting sighting, Value value) {
        return sighting.value(value).map(Codes::number).map(Duration::ofMillis);
    }

    /** The state by its word, or null when the simulator has no such state. */
    static @Nullable DeviceState state(String word) {
        return Arrays.stream(DeviceState.values())
                .filter(state -> state.wireName().equals(word))
                .findFirst()
                .orElse(null);
    }
}
