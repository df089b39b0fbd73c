package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fieldloop.scenario.junit.FieldloopContainer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The image as its users start it, and the JDK's clients from outside: what a device is told leads through the ports Docker forwards. */
@Tag("docker")
class FieldloopContainerTest {
    private static final String IMAGE = System.getProperty("fieldloop.image", "");
    private static final String MAC = "02:00:00:00:00:01";
    private static final String HELLO = "{\"type\":\"hello\",\"version\":%d,\"transport\":\"%s\",\"audio_params\":"
            + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";
    private static final String CLIENT = "b1f1ad4c-9c7e-4b6e-8d0b-0e3c1d2f3a4b";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @BeforeAll
    static void engineAndImage() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
        assumeTrue(
                !IMAGE.isEmpty(),
                "no image was named: scenarios/image makes one of the built jar, -Dfieldloop.image=NAME tries it");
    }

    @Test
    void anOtaAnswerLeadsToTheBrokerAndItsVoicePortThroughForwardedPorts() throws Exception {
        try (FieldloopContainer gateway = new FieldloopContainer(IMAGE)) {
            gateway.start();
            String broker = "mqtt://" + told(gateway).at("/mqtt/endpoint").asText();
            assertThat(broker).isEqualTo(gateway.mqttUrl());
            JsonNode voice = helloOverMqtt(URI.create(broker)).path("udp");
            assertThat(voice.path("server").asText()).isEqualTo(gateway.getHost());
            assertThat(voice.path("port").asInt()).isNotIn(0, 8884);
            URI sessions = URI.create(gateway.adminUrl() + "sessions");
            assertThat(client.send(HttpRequest.newBuilder(sessions).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void anOtaAnswerLeadsToTheWebSocketThroughItsForwardedPort() throws Exception {
        try (FieldloopContainer gateway = new FieldloopContainer(IMAGE).overWebSocket()) {
            gateway.start();
            String url = told(gateway).at("/websocket/url").asText();
            assertThat(url).isEqualTo(gateway.webSocketUrl());
            assertThat(hello(url).path("type").asText()).isEqualTo("hello");
        }
    }

    @Test
    void aRunThatFailsLeavesItsReports() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("fails.yaml"), """
                scenario: Nobody is refused
                devices: { door: {} }
                expect: [{ device: door, is: refused, within: 1s }]
                """);
        Path reports = folder.resolve("reports");
        try (FieldloopContainer run = new FieldloopContainer(IMAGE)
                .withScenarios(own)
                .running("own", "link/promotion-delay", "--report", "junit")) {
            run.start();
            run.copyReports(reports);
            assertThat(run.exitCode()).isEqualTo(1);
        }
        assertThat(reports.resolve("junit.xml")).content().contains("failures=\"1\"");
        try (Stream<Path> files = Files.walk(reports)) {
            assertThat(files).anyMatch(file -> file.endsWith("index.html") || file.endsWith("report.html"));
        }
    }

    private JsonNode told(FieldloopContainer gateway) throws Exception {
        HttpRequest asks = HttpRequest.newBuilder(URI.create(gateway.otaUrl()))
                .header("Device-Id", MAC)
                .header("Client-Id", CLIENT)
                .header("Activation-Version", "1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"application\":{\"version\":\"2.2.4\"}}"))
                .build();
        return JSON.readTree(client.send(asks, BodyHandlers.ofString()).body());
    }

    private JsonNode hello(String url) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = client.newWebSocketBuilder()
                .header("Authorization", "Bearer any")
                .header("Protocol-Version", "1")
                .header("Device-Id", MAC)
                .header("Client-Id", CLIENT)
                .buildAsync(URI.create(url), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        answer.complete(text.toString());
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(10, TimeUnit.SECONDS);
        socket.sendText(HELLO.formatted(1, "websocket"), true).get(10, TimeUnit.SECONDS);
        JsonNode hello = JSON.readTree(answer.get(10, TimeUnit.SECONDS));
        socket.abort();
        return hello;
    }

    private static JsonNode helloOverMqtt(URI broker) throws IOException {
        try (Socket socket = new Socket(broker.getHost(), broker.getPort())) {
            socket.setSoTimeout(10_000);
            HexFormat hex = HexFormat.of();
            socket.getOutputStream()
                    .write(hex.parseHex(
                            "101f" // CONNECT, 31 bytes follow
                                    + "00044d515454" // protocol name MQTT
                                    + "04" // level 4: MQTT 3.1.1
                                    + "02" // clean session, no user name
                                    + "00f0" // keep alive 240 s
                                    + "0013" // client id, 19 bytes: g@@@02_00_00_00_00_
                                    + hex.formatHex("g@@@02_00_00_00_00_".getBytes(StandardCharsets.US_ASCII))));
            DataInputStream answers = new DataInputStream(socket.getInputStream());
            assertThat(answers.readInt()).isEqualTo(0x20020000); // CONNACK, 2 bytes, no session, accepted
            byte[] body = HELLO.formatted(3, "udp").getBytes(StandardCharsets.UTF_8);
            byte[] topic = "device-server".getBytes(StandardCharsets.US_ASCII);
            int length = 2 + topic.length + body.length;
            socket.getOutputStream()
                    .write(new byte[] {0x30, (byte) ((length & 0x7f) | 0x80), (byte) (length >> 7)}); // PUBLISH, QoS 0
            socket.getOutputStream().write(new byte[] {0, (byte) topic.length});
            socket.getOutputStream().write(topic);
            socket.getOutputStream().write(body);
            assertThat(answers.readUnsignedByte()).isEqualTo(0x30); // PUBLISH, QoS 0
            int first = answers.readUnsignedByte();
            int remaining = first < 0x80 ? first : (first & 0x7f) + (answers.readUnsignedByte() << 7);
            byte[] publish = answers.readNBytes(remaining);
            int skipped = 2 + ((publish[0] << 8) | publish[1]);
            return JSON.readTree(publish, skipped, publish.length - skipped);
        }
    }
}
