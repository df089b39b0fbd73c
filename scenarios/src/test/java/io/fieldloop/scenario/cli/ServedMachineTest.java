package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloop.scenario.cli.serve.ServeOptions;
import io.fieldloop.scenario.cli.serve.ServedGateway;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The reference firmware beside a served gateway, and what POST /faults does to its link and its name server. */
@Tag("qemu")
final class ServedMachineTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> console = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void findsNoAddressWhileItsNameServerFailsAndComesBack() throws Exception {
        Path saved = folder.resolve("saved.yaml");
        ServeOptions options = new ServeOptions();
        new CommandLine(options)
                .parseArgs(
                        "--wss",
                        "0",
                        "--admin",
                        "0",
                        "--engine",
                        "process",
                        "--save-scenario",
                        saved.toString(),
                        "--run-firmware",
                        FirmwareForTests.assumeBuilt().toString());
        try (ServedGateway served = ServedGateway.start(options, event -> {});
                ServedMachine machine =
                        ServedMachine.start(options.live, served, console::add, new PrintWriter(new StringWriter()))) {
            assertThat(machine).isNotNull();
            awaitLine(" online elapsed-ms=");

            put(served, "{\"names\": {\"of\": \"gateway.test\", \"says\": \"servfail\"}}");
            put(served, "{\"reset-link\": \"all\"}");
            awaitLine("offline reason=connection-lost");
            awaitLine("refused reason=dns-failure");

            console.clear();
            assertThat(send(served, "DELETE", "/faults/1", "")).isEqualTo(200);
            awaitLine(" online elapsed-ms=");
        }
        String text = Files.readString(saved);
        assertThat(text)
                .contains("names: { of: gateway.test, says: servfail }", "names: { of: gateway.test, a: [gateway] }");
        assertThat(new ScenarioLoader().load("saved.yaml", text)).isInstanceOf(LoadResult.Ready.class);
    }

    private void awaitLine(String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(console).anyMatch(line -> line.contains(part)));
    }

    private static void put(ServedGateway served, String fault) throws IOException, InterruptedException {
        assertThat(send(served, "POST", "/faults", fault)).isEqualTo(201);
    }

    private static int send(ServedGateway served, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + served.adminAddress().getPort() + path))
                .header("Authorization", "Bearer " + served.adminToken())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
}
