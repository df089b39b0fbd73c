package io.fieldloop.scenario.report.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.server.connection.Secrets;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes records, maps, lists and plain values as JSON, without secrets.
 *
 * <p>A record's keys are its components as in journals: kebab-case, and the key of a duration ends in {@code -seconds}. Constants are
 * their words, unknown values are {@code null}.
 */
public final class RecordJson {
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Field::of).toList();
        }
    };

    private RecordJson() {}

    /** On many lines, the last one ended. */
    public static String indented(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = generator(JsonEscapes.standalone(), text).setPrettyPrinter(printer)) {
            value(json, value);
        } catch (IOException impossible) {
            throw new IllegalStateException("a string refused to grow", impossible);
        }
        return text.append('\n').toString();
    }

    /** On one line that may stand in a {@code <script>} element; {@code out} stays open. */
    public static void writeInsideHtml(Object value, Writer out) throws IOException {
        try (JsonGenerator json = generator(JsonEscapes.insideHtml(), out)) {
            value(json, value);
        }
    }

    private static JsonGenerator generator(JsonEscapes escapes, Writer out) throws IOException {
        JsonFactory factory = new JsonFactoryBuilder()
                .characterEscapes(escapes)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        return factory.createGenerator(out);
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Record inner) {
            object(json, inner);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                value(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Duration duration) {
            json.writeNumber(BigDecimal.valueOf(duration.toNanos(), 9));
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            json.writeRawValue(String.valueOf(value));
        } else {
            json.writeString(Secrets.masked(value instanceof Enum<?> word ? Kebab.of(word) : value.toString()));
        }
    }

    private static void object(JsonGenerator json, Record value) throws IOException {
        json.writeStartObject();
        for (Field field : FIELDS.get(value.getClass())) {
            json.writeFieldName(field.key());
            value(json, field.of(value));
        }
        json.writeEndObject();
    }

    /** A component by the key it is written with. */
    private record Field(String key, Method accessor) {
        static Field of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            boolean duration = component.getType() == Duration.class;
            return new Field(Kebab.kebab(component.getName()) + (duration ? "-seconds" : ""), accessor);
        }

        @Nullable
        Object of(Record value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record's component cannot be read", e);
            }
        }
    }
}
