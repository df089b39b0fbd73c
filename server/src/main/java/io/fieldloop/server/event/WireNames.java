package io.fieldloop.server.event;

import io.netty.util.NetUtil;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns Java names and record components into the kebab-case vocabulary of events, faults and reasons. */
public final class WireNames {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final ClassValue<Told> TOLD = new ClassValue<>() {
        @Override
        protected Told computeValue(Class<?> owner) {
            return Told.of(owner);
        }
    };

    private WireNames() {}

    /** {@code SplitResponse}, {@code splitResponse} and {@code SPLIT_RESPONSE} all become {@code split-response}. */
    public static String kebab(String javaName) {
        String words = javaName.indexOf('_') >= 0 || javaName.equals(javaName.toUpperCase(Locale.ROOT))
                ? javaName.replace('_', '-')
                : WORD_START.matcher(javaName).replaceAll("-");
        return words.toLowerCase(Locale.ROOT);
    }

    /** The name of a component as users see it. */
    public static String of(RecordComponent component) {
        WireName given = component.getAnnotation(WireName.class);
        return given != null ? given.value() : kebab(component.getName());
    }

    /** The name of a record as users see it: its class in kebab-case. */
    public static String kind(Class<?> owner) {
        return TOLD.get(owner).kind();
    }

    /** The components of a record in order, those of a record within it too, nulls left out, values JSON-friendly. */
    public static Map<String, Object> attributes(Record owner) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (Attribute attribute : TOLD.get(owner.getClass()).attributes()) {
            Object value = read(owner, attribute.component());
            if (value instanceof Record inner) {
                attributes.putAll(attributes(inner));
            } else if (value != null) {
                attributes.put(attribute.name(), plain(value));
            }
        }
        return Collections.unmodifiableMap(attributes);
    }

    /** What a record tells; worked out once for each class, since a run has hundreds of thousands of them. */
    private record Told(String kind, List<Attribute> attributes) {
        static Told of(Class<?> owner) {
            RecordComponent[] components = owner.getRecordComponents();
            return new Told(
                    kebab(owner.getSimpleName()),
                    components == null
                            ? List.of()
                            : Stream.of(components)
                                    .filter(component -> isTold(component.getType()))
                                    .map(component -> new Attribute(WireNames.of(component), component))
                                    .toList());
        }
    }

    private record Attribute(String name, RecordComponent component) {}

    /** The Java type of each attribute that a record of that class can have, in order. */
    public static Map<String, Class<?>> types(Class<?> owner) {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (Attribute attribute : TOLD.get(owner).attributes()) {
            Class<?> type = attribute.component().getType();
            types.putAll(type.isRecord() ? types(type) : Map.of(attribute.name(), type));
        }
        return types;
    }

    /** A journal has a place of its own for the connection and the time. */
    private static boolean isTold(Class<?> type) {
        return type != ConnectionId.class && type != Instant.class;
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
        if (value instanceof Enum<?> constant) {
            return kebab(constant.name());
        }
        return value;
    }
}
