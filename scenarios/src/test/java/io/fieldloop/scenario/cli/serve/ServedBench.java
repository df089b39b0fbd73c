package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.model.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import picocli.CommandLine;

/** A gateway as {@code serve} starts it, its admin address as curl would use it, and devices that speak over sockets. */
final class ServedBench {
    static final String DEVICE = "02:00:00:00:00:01";

    private final EventLines lines = new EventLines(InstantSource.system(), ZoneOffset.UTC);
    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter printed = new StringWriter();
    private String answer = "";

    ServedGateway serve(String... arguments) {
        ServeOptions options = new ServeOptions();
        new CommandLine(options).parseArgs(arguments);
        return ServedGateway.start(options, lines);
    }

    JsonNode put(ServedGateway served, String json, int status) throws Exception {
        HttpResponse<String> answer = send(served, "POST", "/faults", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    String refused(ServedGateway served, String json) throws Exception {
        HttpResponse<String> answer = send(served, "POST", "/faults", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body().strip()).doesNotContain("\n");
        return answer.body();
    }

    JsonNode faults(ServedGateway served) throws Exception {
        return new ObjectMapper()
                .readTree(send(served, "GET", "/faults", "").body())
                .path("faults");
    }

    JsonNode sessions(ServedGateway served) throws Exception {
        return new ObjectMapper()
                .readTree(send(served, "GET", "/sessions", "").body())
                .path("sessions");
    }

    HttpResponse<String> send(ServedGateway served, String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + served.adminAddress().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + served.adminToken())
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    void awaitPrinted(String text) {
        await().untilAsserted(() -> assertThat(printed()).contains(text));
    }

    void converse(ServedGateway served) throws IOException {
        converse(served, DEVICE);
    }

    void converse(ServedGateway served, String deviceId) throws IOException {
        try (Socket device = connect(served, deviceId)) {
            byte[] hello = "{\"type\":\"hello\",\"version\":1,\"transport\":\"websocket\"}"
                    .getBytes(StandardCharsets.US_ASCII);
            // FIN and text, masked with a key of zeroes
            device.getOutputStream().write(new byte[] {(byte) 0x81, (byte) (0x80 | hello.length), 0, 0, 0, 0});
            device.getOutputStream().write(hello);
            assertThat(device.getInputStream().read()).isEqualTo(0x81);
        }
    }

    Socket connect(ServedGateway served, String deviceId) throws IOException {
        InetSocketAddress address = served.address(ListenOptions.WS);
        Socket device = new Socket(address.getAddress(), address.getPort());
        device.setSoTimeout(10_000);
        device.getOutputStream()
                .write(("GET /xiaozhi/v1/ HTTP/1.1\r\nHost: gateway\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nDevice-Id: "
                                + deviceId + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (int next = device.getInputStream().read();
                next >= 0;
                next = device.getInputStream().read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        answer = head.toString();
        return device;
    }

    String upgrade(ServedGateway served, String deviceId) throws IOException {
        connect(served, deviceId).close();
        return answer;
    }

    static Scenario read(LoadResult loaded) {
        assertThat(loaded).as(loaded.toString()).isInstanceOf(LoadResult.Ready.class);
        return ((LoadResult.Ready) loaded).cases().get(0);
    }

    /** All that was printed so far. */
    String printed() {
        lines.drain(new PrintWriter(printed, true));
        return printed.toString();
    }
}
