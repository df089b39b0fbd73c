package io.fieldloop.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A headless Chromium, steered through chromedriver with the few commands of W3C WebDriver a page needs. */
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final OutsideProgram driver;
    private final String session;

    static void assumeInstalled() {
        assumeTrue(
                OutsideProgram.works(List.of("chromedriver", "--version"), Map.of())
                        && OutsideProgram.works(List.of("chromium", "--version"), Map.of()),
                "Chromium is not on this machine (apt-get install chromium chromium-driver)");
    }

    Chromium() {
        driver = OutsideProgram.start(List.of("chromedriver", "--port=0"));
        String started = driver.awaitLine(line -> line.contains("started successfully on port "));
        String base = "http://127.0.0.1:" + started.replaceAll("\\D", "") + "/session";
        List<String> arguments = List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-extensions",
                "--disable-background-networking",
                "--no-first-run");
        Map<String, Object> wanted = Map.of("browserName", "chrome", "goog:chromeOptions", Map.of("args", arguments));
        JsonNode created = send("POST", base, Map.of("capabilities", Map.of("alwaysMatch", wanted)));
        session = base + "/" + created.path("sessionId").asText();
    }

    void open(URI page) {
        send("POST", session + "/url", Map.of("url", page.toString()));
    }

    /** What a function with this body returns on the page. */
    JsonNode run(String script, Object... arguments) {
        return send("POST", session + "/execute/sync", Map.of("script", script, "args", arguments));
    }

    /** Strikes one key after the other, as a person at a keyboard does; {@code \uE004} is Tab and {@code \uE007} Enter. */
    void type(String keys) {
        List<Map<String, String>> strokes = keys.codePoints()
                .mapToObj(Character::toString)
                .flatMap(key ->
                        Stream.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key)))
                .toList();
        Map<String, Object> keyboard = Map.of("type", "key", "id", "keyboard", "actions", strokes);
        send("POST", session + "/actions", Map.of("actions", List.of(keyboard)));
    }

    /** A command of the DevTools protocol. */
    void devTools(String command, Map<String, ?> parameters) {
        send("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, Map.of());
        } finally {
            driver.close();
        }
    }

    private JsonNode send(String method, String url, Map<String, ?> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(OutsideProgram.DEADLINE)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            String answer = http.send(request, BodyHandlers.ofString()).body();
            JsonNode value = JSON.readTree(answer).path("value");
            if (value.has("error")) {
                throw new AssertionError("chromedriver: " + answer);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the browser worked", e);
        }
    }
}
