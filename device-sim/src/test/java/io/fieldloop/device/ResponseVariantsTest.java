package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which client accepts which answer to its upgrade request: the truth table behind "Sec-WebSocket-Accept not found". */
class ResponseVariantsTest {

    private static final List<String> PROFILES = List.of(
            "xiaozhi-wifi", "xiaozhi-ml307", "esp-idf-websocket", "esp-idf-websocket-case-sensitive", "strict-rfc6455");

    private static final String GOOD = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: ${accept}",
            "",
            "");

    private record Variant(String response, List<String> verdicts) {}

    private static Variant variant(String response, String... verdicts) {
        return new Variant(response, List.of(verdicts));
    }

    private static Map<String, Variant> variants() {
        Map<String, Variant> table = new LinkedHashMap<>();
        // verdicts in the order of PROFILES
        table.put("canonical", variant(GOOD, "ok", "ok", "ok", "ok", "ok"));
        table.put(
                "lower case",
                variant(
                        GOOD.replace("Upgrade:", "upgrade:")
                                .replace("Connection:", "connection:")
                                .replace("Sec-WebSocket-Accept", "sec-websocket-accept"),
                        "ok",
                        "ok",
                        "ok",
                        "accept-missing",
                        "ok"));
        table.put(
                "Sec-Websocket-Accept",
                variant(
                        GOOD.replace("Sec-WebSocket-Accept", "Sec-Websocket-Accept"),
                        "ok",
                        "ok",
                        "ok",
                        "accept-missing",
                        "ok"));
        table.put(
                "no accept",
                variant(
                        GOOD.replaceAll("Sec-WebSocket-Accept: .*\r\n\r\n", "\r\n"),
                        "ok",
                        "ok",
                        "accept-missing",
                        "accept-missing",
                        "accept-missing"));
        table.put(
                "wrong accept",
                variant(
                        GOOD.replace("${accept}", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                        "ok",
                        "ok",
                        "accept-wrong",
                        "accept-wrong",
                        "accept-wrong"));
        table.put(
                "blanks around accept",
                variant(GOOD.replace("${accept}", "  ${accept}\t"), "ok", "ok", "ok", "ok", "ok"));
        table.put(
                "folded accept",
                variant(
                        GOOD.replace(": ${accept}", ":\r\n ${accept}"),
                        "ok",
                        "ok",
                        "accept-wrong",
                        "accept-wrong",
                        "response-malformed"));
        table.put(
                "accept past 1024 bytes",
                variant(
                        GOOD.replace("Upgrade: w", "X-Padding: " + "x".repeat(1100) + "\r\nUpgrade: w"),
                        "ok",
                        "ok",
                        "accept-missing",
                        "accept-missing",
                        "ok"));
        table.put(
                // what spills over the 1024 byte buffer is read as frames: an x is a close frame
                "endless headers",
                variant(
                        GOOD.replace("\r\n\r\n", "\r\nX: " + "x".repeat(9000)),
                        "waits",
                        "waits",
                        "closed-by-server",
                        "closed-by-server",
                        "response-too-large"));
        table.put(
                "no Upgrade header",
                variant(GOOD.replace("Upgrade: websocket\r\n", ""), "ok", "ok", "ok", "ok", "response-malformed"));
        table.put(
                "NUL in a header",
                variant(
                        GOOD.replace("Upgrade: w", "X: a\0b\r\nUpgrade: w"),
                        "ok",
                        "ok",
                        "ok",
                        "ok",
                        "response-malformed"));
        table.put(
                "HTTP/1.0 101",
                variant(
                        GOOD.replace("HTTP/1.1", "HTTP/1.0"),
                        "upgrade-refused",
                        "upgrade-refused",
                        "ok",
                        "ok",
                        "response-malformed"));
        table.put(
                "302 to wss",
                variant(
                        "HTTP/1.1 302 Found\r\nLocation: wss://gateway.test/\r\n\r\n",
                        "upgrade-refused",
                        "upgrade-refused",
                        "waits",
                        "upgrade-refused",
                        "upgrade-refused"));
        table.put("200 from a proxy", refused("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        table.put("403", refused("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
        table.put(
                "not HTTP",
                variant(
                        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                        "upgrade-refused",
                        "upgrade-refused",
                        "response-malformed",
                        "response-malformed",
                        "response-malformed"));
        table.put("half a response", variant("HTTP/1.1 101 Sw", "waits", "waits", "waits", "waits", "waits"));
        return table;
    }

    /** The IDF client tells any refusal by the missing header. */
    private static Variant refused(String response) {
        return variant(
                response,
                "upgrade-refused",
                "upgrade-refused",
                "upgrade-refused",
                "upgrade-refused",
                "upgrade-refused");
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        variants().forEach((name, variant) -> {
            for (int index = 0; index < PROFILES.size(); index++) {
                cases.add(Arguments.of(
                        PROFILES.get(index),
                        name,
                        variant.response(),
                        variant.verdicts().get(index)));
            }
        });
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}, {1}: {3}")
    @MethodSource("cases")
    void judges(String profile, String name, String response, String verdict) {
        try (Bench bench = new Bench(profile)) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.afterCommands(bench.device);
            String accept = Bench.acceptFor(bench.receivesText());
            bench.sends(response.replace("${accept}", accept));
            bench.afterCommands(bench.device);
            assertThat(verdictOf(bench, outcome)).as(name).isEqualTo(verdict);
        }
    }

    private static String verdictOf(Bench bench, CompletableFuture<ConnectOutcome> outcome) {
        if (outcome.isDone()) {
            return bench.failure(outcome).reason().wireName();
        }
        return bench.kinds().contains("upgraded") ? "ok" : "waits";
    }
}
