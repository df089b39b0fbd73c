package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of {@code serve --refusals}: what server/README.md says of its lines. */
final class RefusalFileTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InetAddress SOURCE = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    private List<JsonNode> written(GatewayEvent... events) throws Exception {
        Path path = folder.resolve("refusals.jsonl");
        try (RefusalFile file = RefusalFile.open(path, InstantSource.fixed(NOW), said -> {})) {
            List.of(events).forEach(file::onEvent);
        }
        ObjectMapper json = new ObjectMapper();
        return Files.readAllLines(path).stream()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (java.io.IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    private static GatewayEvent refused(String firstBytes) {
        return new GatewayEvent.HandshakeRefused(
                new ConnectionId(7),
                new Refusal(
                        RefusalReason.TOKEN_MISMATCH,
                        401,
                        null,
                        SOURCE,
                        "ws",
                        Duration.ofMillis(12),
                        firstBytes,
                        null,
                        NOW));
    }

    @Test
    void eachRefusalIsALineWithTheFieldsOfItsRecord() throws Exception {
        JsonNode line = written(refused("GET /\" \\x0d")).get(0);
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly(
                        "at",
                        "class",
                        "reason",
                        "status",
                        "source",
                        "listener",
                        "elapsed-seconds",
                        "first-bytes",
                        "explanation");
        assertThat(line.get("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(line.get("reason").asText()).isEqualTo("token-mismatch");
        assertThat(line.get("source").asText()).isEqualTo("127.0.0.1");
        assertThat(line.get("elapsed-seconds").asDouble()).isEqualTo(0.012);
        assertThat(line.get("first-bytes").asText()).isEqualTo("GET /\" \\x0d");
    }

    @Test
    void whatWasTooMuchForARecordEachIsOneLineWithItsNumber() throws Exception {
        JsonNode line = written(new GatewayEvent.RefusalsSummarised(RefusalClass.RDP_SCAN, SOURCE, 1234))
                .get(0);
        assertThat(line.toString())
                .isEqualTo(
                        "{\"at\":\"2026-01-01T00:00:00Z\",\"class\":\"rdp-scan\",\"source\":\"127.0.0.1\",\"count\":1234}");
    }

    @Test
    void isAppendedToAndHoldsNoSecret() throws Exception {
        written(refused("one"));
        List<JsonNode> lines = written(refused("Authorization: Bearer abcdefghijklmnop"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).toString()).doesNotContain("abcdefghijklmnop");
    }

    @Test
    void aFileThatCannotBeWrittenIsOneSentence() {
        assertThatThrownBy(() -> RefusalFile.open(folder, InstantSource.fixed(NOW), said -> {}))
                .isInstanceOf(CliException.class)
                .hasMessageStartingWith("--refusals " + folder + " cannot be written");
    }
}
