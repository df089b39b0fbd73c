package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that strangers flood while somebody looks at its live page. */
final class LiveFloodTest {
    private static final int FLOOD = 1500;

    private final ServedBench bench = new ServedBench();

    @TempDir
    private Path folder;

    @Test
    void aFloodLeavesLogAndTablesSmallWhileThePageIsOpen() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0", "--save-scenario", file.toString());
                Socket asleep = listen(served);
                Socket page = listen(served)) {
            for (int i = 0; i < FLOOD; i++) {
                flood(served);
            }
            BufferedReader events =
                    new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
            JsonNode state = lastState(events);
            assertThat(state.toString()).hasSizeLessThan(20_000);
            assertThat(state.path("refusals")).hasSize(20);
            assertThat(new ObjectMapper()
                            .readTree(bench.send(served, "GET", "/refusals?limit=100000", "")
                                    .body())
                            .path("refusals"))
                    .hasSizeLessThanOrEqualTo(1000);
            assertThat(asleep.isConnected()).isTrue();
        }
        assertThat(bench.printed().lines())
                .as("of each kind of line so many in 10 s")
                .hasSizeBetween(20, 500);
        assertThat(Files.readString(file))
                .hasSizeLessThan(2_000)
                .contains(FLOOD + " connections and changes are not in here");
    }

    private static Socket listen(ServedGateway served) throws IOException {
        Socket page = new Socket(
                served.adminAddress().getAddress(), served.adminAddress().getPort());
        page.setSoTimeout(10_000);
        page.getOutputStream()
                .write("GET /live/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return page;
    }

    /** The first one that counts all of the flood. */
    private static JsonNode lastState(BufferedReader events) throws IOException {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("data: ")) {
                JsonNode state = new ObjectMapper().readTree(line.substring("data: ".length()));
                if (state.path("refusal-count").asInt() >= FLOOD) {
                    return state;
                }
            }
        }
        throw new AssertionError("The stream has ended");
    }

    private static void flood(ServedGateway served) throws IOException {
        InetSocketAddress address = served.address(ListenOptions.WS);
        try (Socket stranger = new Socket(address.getAddress(), address.getPort())) {
            stranger.setSoTimeout(10_000);
            stranger.getOutputStream()
                    .write("GET /elsewhere HTTP/1.1\r\nHost: gateway\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            stranger.getInputStream().readAllBytes();
        }
    }
}
