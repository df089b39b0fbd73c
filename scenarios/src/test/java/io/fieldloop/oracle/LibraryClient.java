package io.fieldloop.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One connection of a {@link WebSocketLibrary}: told what to do, and telling what happened, in lines of JSON. */
final class LibraryClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutsideProgram program;

    private LibraryClient(OutsideProgram program) {
        this.program = program;
    }

    /** How to connect; what is not said is the library's own default. */
    record Options(Map<String, String> headers, Map<String, Object> more) {
        static Options headers(Map<String, String> headers) {
            return new Options(headers, Map.of());
        }

        /** {@code origin}, {@code version}, {@code follow} (redirects) or {@code silent} (never answers a ping). */
        Options with(String name, Object value) {
            Map<String, Object> all = new LinkedHashMap<>(more);
            all.put(name, value);
            return new Options(headers, all);
        }

        String json() {
            Map<String, Object> all = new LinkedHashMap<>(more);
            all.put("headers", headers);
            return LibraryClient.json(all);
        }
    }

    static LibraryClient connect(WebSocketLibrary library, URI uri, Options options) {
        return new LibraryClient(library.start("client", uri.toString(), options.json()));
    }

    void text(String text) {
        tell(Map.of("do", "text", "text", text));
    }

    /** One text message in as many frames. */
    void fragments(String... parts) {
        tell(Map.of("do", "fragments", "parts", List.of(parts)));
    }

    /** A text message of bytes that are no UTF-8. */
    void brokenText() {
        tell(Map.of("do", "broken-text"));
    }

    /** Audio as the device sends it: packets of this size, none of which has a voice in it. */
    void binary(int times, int bytes) {
        tell(Map.of("do", "binary", "times", times, "bytes", bytes));
    }

    void ping(String payload) {
        tell(Map.of("do", "ping", "payload", payload));
    }

    void close(int code, String reason) {
        tell(Map.of("do", "close", "code", code, "reason", reason));
    }

    JsonNode awaitEvent(String event) {
        return awaitEvent(event, any -> true);
    }

    JsonNode awaitEvent(String event, Predicate<JsonNode> wanted) {
        return parse(program.awaitLine(line -> is(line, event) && wanted.test(parse(line))));
    }

    /** A text message of the xiaozhi protocol with this type and, unless empty, this state. */
    JsonNode awaitMessage(String type, String state) {
        return messageOf(awaitEvent("text", event -> {
            JsonNode message = messageOf(event);
            return message.path("type").asText().equals(type)
                    && (state.isEmpty() || message.path("state").asText().equals(state));
        }));
    }

    long count(String event) {
        return program.lines().stream().filter(line -> is(line, event)).count();
    }

    @Override
    public void close() {
        program.close();
    }

    private void tell(Map<String, Object> command) {
        program.say(json(command));
    }

    private static boolean is(String line, String event) {
        return line.startsWith("{") && parse(line).path("event").asText().equals(event);
    }

    private static JsonNode messageOf(JsonNode event) {
        return parse(event.path("text").asText());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
