package io.fieldloop.device.event;

import io.netty.util.NetUtil;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a journal holds of an event off its record: the kind is the record's name, the attributes are its components in order.
 *
 * <p>So the vocabulary cannot drift from the code. A record within a record is told by its own components; what has no
 * plain form (a list, a
 * path) is not told.
 */
public final class EventRecords {
    private static final ClassValue<Told> TOLD = new ClassValue<>() {
        @Override
        protected Told computeValue(Class<?> event) {
            return Told.of(event);
        }
    };

    private EventRecords() {}

    /** The kind of the events of that record: {@code TlsEstablished} is {@code tls-established}. */
    public static String kind(Class<?> event) {
        return TOLD.get(event).kind();
    }

    /** Values are String, Long, Double, Boolean or Duration; what is null is left out. */
    public static Map<String, Object> attributes(Record event) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (Attribute attribute : TOLD.get(event.getClass()).attributes()) {
            Object value = read(event, attribute.component());
            if (value instanceof Record inner) {
                attributes.putAll(attributes(inner));
            } else if (value != null) {
                attributes.put(attribute.name(), plain(value));
            }
        }
        return attributes;
    }

    /** The Java type of each attribute that an event of that record can have. */
    public static Map<String, Class<?>> types(Class<?> event) {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (Attribute attribute : TOLD.get(event).attributes()) {
            Class<?> type = attribute.component().getType();
            types.putAll(type.isRecord() ? types(type) : Map.of(attribute.name(), type));
        }
        return types;
    }

    /** What a record tells; worked out once for each class, since a run has hundreds of thousands of them. */
    private record Told(String kind, List<Attribute> attributes) {
        static Told of(Class<?> event) {
            RecordComponent[] components = event.getRecordComponents();
            return new Told(
                    kebab(event.getSimpleName()),
                    components == null
                            ? List.of()
                            : Stream.of(components)
                                    .filter(component -> isTold(component.getType()))
                                    .map(component -> new Attribute(kebab(component.getName()), component))
                                    .toList());
        }
    }

    private record Attribute(String name, RecordComponent component) {}

    /** The word for a constant: what it calls itself, else its name in kebab-case. */
    public static String word(Enum<?> constant) {
        String text = constant.toString();
        return text.equals(constant.name()) ? text.toLowerCase(Locale.ROOT).replace('_', '-') : text;
    }

    private static boolean isTold(Class<?> type) {
        return type.isPrimitive()
                || type.isRecord()
                || type.isEnum()
                || type == String.class
                || type == Duration.class
                || type == Boolean.class
                || Number.class.isAssignableFrom(type)
                || InetAddress.class.isAssignableFrom(type);
    }

    private static String kebab(String javaName) {
        return javaName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object read(Record owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + component + " of " + owner.getClass(), e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof InetAddress address) {
            return NetUtil.toAddressString(address);
        }
        return value instanceof Enum<?> constant ? word(constant) : value;
    }
}
