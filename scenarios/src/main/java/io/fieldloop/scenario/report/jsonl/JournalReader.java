package io.fieldloop.scenario.report.jsonl;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what {@link JournalWriter} wrote, and says which line it could not read. */
public final class JournalReader {
    private static final JsonFactory JSON = new JsonFactory();

    private JournalReader() {}

    /**
     * Reads a journal file.
     *
     * @throws IOException in one sentence when the file cannot be read or a line of it is not an entry
     */
    public static List<JournalEntry> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader, file.toString());
        }
    }

    /** Reads entries until the source ends; {@code name} is what messages call it. */
    public static List<JournalEntry> read(Reader source, String name) throws IOException {
        BufferedReader lines = new BufferedReader(source);
        List<JournalEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            try {
                entries.add(entry(line));
            } catch (JacksonException | IllegalArgumentException e) {
                throw new IOException(
                        name + ":" + number + ": not a journal entry: " + reason(e) + "; expected the keys "
                                + "seq, t, lane, actor, kind and attributes as in RUN-FILES.md",
                        e);
            }
        }
        return entries;
    }

    private static String reason(Exception e) {
        return e instanceof JacksonException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    private static JournalEntry entry(String line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "the line is not a JSON object");
            long sequence = field(json, "seq").getLongValue();
            long nanos = field(json, "t").getDecimalValue().movePointRight(9).longValueExact();
            Lane lane = Lane.valueOf(field(json, "lane").getText().toUpperCase(Locale.ROOT));
            String actor = field(json, "actor").getText();
            String kind = field(json, "kind").getText();
            require(field(json, "attributes").currentToken() == JsonToken.START_OBJECT, "attributes is no object");
            return new JournalEntry(sequence, nanos, lane, actor, kind, attributes(json));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("t has more than nine decimals", e);
        }
    }

    private static JsonParser field(JsonParser json, String name) throws IOException {
        require(name.equals(json.nextFieldName()), "key " + name + " is missing or out of order");
        json.nextToken();
        return json;
    }

    private static Map<String, Object> attributes(JsonParser json) throws IOException {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (token.isNumeric() && key.endsWith(JournalEntry.SECONDS)) {
                String name = key.substring(0, key.length() - JournalEntry.SECONDS.length());
                attributes.put(name, duration(json.getDecimalValue()));
            } else {
                attributes.put(key, value(json, token));
            }
        }
        return attributes;
    }

    private static Object value(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> json.getText();
            default -> throw new IllegalArgumentException("attribute " + json.currentName() + " is not a plain value");
        };
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
