package io.fieldloop.scenario.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.fieldloop.scenario.report.jsonl.JsonEscapes;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.server.connection.Secrets;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON objects, in the order of their components.
 *
 * <p>Keys are as in journals: kebab-case, and the key of a duration ends in {@code -seconds}. Unknown values are {@code null}.
 */
final class RecordJson {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().characterEscapes(JsonEscapes.standalone()).build();

    private RecordJson() {}

    static String of(Record value) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try (JsonGenerator json = JSON.createGenerator(text).setPrettyPrinter(printer)) {
            object(json, value);
        } catch (IOException impossible) {
            throw new IllegalStateException("a string refused to grow", impossible);
        }
        return text.append('\n').toString();
    }

    private static void object(JsonGenerator json, Record value) throws IOException {
        json.writeStartObject();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            boolean duration = component.getType() == Duration.class;
            json.writeFieldName(Kebab.kebab(component.getName()) + (duration ? "-seconds" : ""));
            value(json, read(component, value));
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Record inner) {
            object(json, inner);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                value(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Duration duration) {
            json.writeNumber(BigDecimal.valueOf(duration.toNanos(), 9));
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(Secrets.masked(value.toString()));
        }
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's component cannot be read", e);
        }
    }
}
