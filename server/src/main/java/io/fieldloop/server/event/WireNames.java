package io.fieldloop.server.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns Java names and record components into the kebab-case vocabulary of events, faults and reasons. */
public final class WireNames {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

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

    /** The components of a record in order, nulls and connection identities left out, values JSON-friendly. */
    public static Map<String, Object> attributes(Record owner) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            Object value = plain(read(owner, component));
            if (value != null) {
                attributes.put(of(component), value);
            }
        }
        return Collections.unmodifiableMap(attributes);
    }

    private static @Nullable Object read(Record owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + component + " of " + owner.getClass(), e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof ConnectionId) {
            return null;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof InetAddress address) {
            return address.getHostAddress();
        }
        if (value instanceof Enum<?> constant) {
            return kebab(constant.name());
        }
        return value;
    }
}
