package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What each front, in each of its configurations, lets each kind of device have: FRONTS.md, written from runs of the real programs.
 *
 * <p>Run with {@code -Dfieldloop.refresh=true}, and all of the programs on the machine, to write it anew; of those that are missing
 * nothing is compared.
 */
@Tag("fronts")
class FrontTableTest {
    private static final Path TABLE = Path.of("FRONTS.md");
    private static final int AT_ONCE = 4;

    /** Which of several devices is the first of a minute is chance. */
    private static final String CHANCE = "one-a-minute";

    private static final List<String> PROFILES = List.of(
            "xiaozhi-wifi", "xiaozhi-ml307", "esp-idf-websocket", "esp-idf-websocket-case-sensitive", "strict-rfc6455");

    private static final String HEAD = """
            # Fronts and devices

            What a device makes of each program in front of the gateway, in its good configuration and with each of the usual mistakes
            (`fieldloop front` says what they are): generated from runs of the real programs of Debian 12 by `FrontTableTest`. The gateway
            trusts the front (`--trust-proxy`). A failure is told by its reason (`fieldloop explain REASON`), code and HTTP status; a mistake
            whose row says online shows later, as a short timeout does, or nowhere. esp_websocket_client follows the redirect to https without
            TLS and so comes back to the same port, and round for ever (redirect-loop).

            """;

    @Test
    void everyRowIsWhatTheRealProgramDoes() throws Exception {
        Map<String, String> rows = rows();
        if (Boolean.getBoolean("fieldloop.refresh")) {
            Files.writeString(TABLE, HEAD + header() + String.join("\n", rows.values()) + "\n");
        }
        String table = Files.readString(TABLE);
        assertThat(table).startsWith(HEAD + header());
        List<String> lines = table.lines().toList();
        for (Map.Entry<String, String> row : rows.entrySet()) {
            if (!lines.contains(row.getValue())) {
                // Once more and alone: on a busy machine a limit of the device may be over first.
                String[] words = row.getKey().split(" ", -1);
                Front front = FrontCatalogue.bundled().named(words[0]);
                assertThat(lines).contains(row(front, words[1], words[2]));
            }
        }
    }

    private static String header() {
        return "| front | configuration | URL | " + String.join(" | ", PROFILES) + " |\n|"
                + "--|".repeat(3 + PROFILES.size()) + "\n";
    }

    private static Map<String, String> rows() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        Map<String, Future<String>> running = new LinkedHashMap<>();
        for (Front front : FrontCatalogue.bundled().all()) {
            for (String configuration : front.configurations()) {
                for (String scheme : FrontBench.schemes(front)) {
                    if (front.missing() == null && !configuration.equals(CHANCE)) {
                        running.put(
                                front.name() + " " + configuration + " " + scheme,
                                workers.submit(() -> row(front, configuration, scheme)));
                    }
                }
            }
        }
        workers.shutdown();
        Map<String, String> rows = new LinkedHashMap<>();
        for (Map.Entry<String, Future<String>> row : running.entrySet()) {
            rows.put(row.getKey(), row.getValue().get());
        }
        return rows;
    }

    private static String row(Front front, String configuration, String scheme) throws IOException {
        List<LoopbackDevice> devices = new ArrayList<>();
        try (FrontBench bench = new FrontBench(front, configuration)) {
            PROFILES.forEach(profile -> devices.add(bench.device(profile, scheme)));
            // All begin, and only then is the first waited for.
            List<String> verdicts = LoopbackDevice.openAll(devices).stream()
                    .map(LoopbackDevice::verdict)
                    .toList();
            return "| " + front.name() + " | `" + configuration + "` | " + scheme + " | "
                    + verdicts.stream().map(String::strip).collect(Collectors.joining(" | ")) + " |";
        } finally {
            devices.forEach(LoopbackDevice::close);
        }
    }
}
