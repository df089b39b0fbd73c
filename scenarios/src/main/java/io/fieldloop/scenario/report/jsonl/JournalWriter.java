package io.fieldloop.scenario.report.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.fieldloop.scenario.journal.JournalEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Writes a journal as JSON lines, one entry each, with fixed key order and formatting: equal journals are equal bytes.
 *
 * <p>{@code {"seq":4,"t":1.204000000,"lane":"device","actor":"door","kind":"refused","attributes":{"reason":
 * "certificate-expired","elapsed-seconds":0.733000000}}}. Times are JSON numbers in seconds with nine decimals, and the
 * key of a duration ends in {@code -seconds}. scenarios/RUN-FILES.md explains each key.
 */
public final class JournalWriter implements Closeable {
    // Double.toString changed its digits in JDK 19; Jackson's own writer gives the same ones everywhere.
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(JsonEscapes.standalone())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .rootValueSeparator("\n")
            .build();

    private final Writer out;
    private final JsonGenerator json;

    /** Writes to {@code out}, which must encode UTF-8 and is closed with this writer. */
    public JournalWriter(Writer out) throws IOException {
        this.out = out;
        this.json = JSON.createGenerator(out);
    }

    /** The whole journal as text. */
    public static String text(List<JournalEntry> journal) {
        StringWriter text = new StringWriter();
        try (JournalWriter writer = new JournalWriter(text)) {
            writer.write(journal);
        } catch (IOException impossible) {
            throw new IllegalStateException("A string refused to grow", impossible);
        }
        return text.toString();
    }

    public void write(List<JournalEntry> journal) throws IOException {
        for (JournalEntry entry : journal) {
            write(entry);
        }
    }

    public void write(JournalEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seq", entry.sequence());
        json.writeNumberField("t", BigDecimal.valueOf(entry.nanos(), 9));
        json.writeStringField("lane", entry.lane().wireName());
        json.writeStringField("actor", entry.actor());
        json.writeStringField("kind", entry.kind());
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, Object> attribute : entry.attributes().entrySet()) {
            writeAttribute(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeAttribute(String key, Object value) throws IOException {
        if (value instanceof Duration duration) {
            json.writeNumberField(key + JournalEntry.SECONDS, seconds(duration));
        } else if (value instanceof Boolean truth) {
            json.writeBooleanField(key, truth);
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumberField(key, ((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            json.writeNumberField(key, number.longValue());
        } else {
            json.writeStringField(key, String.valueOf(value));
        }
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    /** Ends the last line and closes the output. */
    @Override
    public void close() throws IOException {
        json.flush();
        if (json.getOutputContext().getEntryCount() > 0) {
            out.write('\n');
        }
        json.close();
    }
}
