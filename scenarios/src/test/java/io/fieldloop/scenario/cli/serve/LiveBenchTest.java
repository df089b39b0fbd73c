package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.against.AgainstRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Faults that a person puts on while devices are connected, over HTTP as curl would. */
@OwnsWallClock("a link's delay is measured from outside")
class LiveBenchTest {
    private static final String DEVICE = "02:00:00:00:00:01";
    private static final int FLOOD = 1500;
    private static final String OTHER = "02:00:00:00:00:02";

    private final EventLines lines = new EventLines(InstantSource.system(), ZoneOffset.UTC);
    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter printed = new StringWriter();
    private String answer = "";

    @TempDir
    private Path folder;

    @Test
    void aFaultMeetsTheDeviceItIsForWhileItIsOnAndNoOther() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--admin", "0")) {
            assertThat(upgrade(served, DEVICE)).startsWith("HTTP/1.1 101");

            JsonNode on = put(served, "{\"do\": \"answer-status\", \"status\": 503, \"of\": \"" + DEVICE + "\"}", 201);

            assertThat(upgrade(served, DEVICE)).startsWith("HTTP/1.1 503");
            assertThat(upgrade(served, OTHER)).startsWith("HTTP/1.1 101");
            assertThat(faults(served).get(0).path("acted").asInt()).isOne();
            assertThat(send(served, "DELETE", "/faults/" + on.path("number").asLong(), "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(upgrade(served, DEVICE)).startsWith("HTTP/1.1 101");
            awaitPrinted("fault 1 on: { do: answer-status, status: 503, of: \"" + DEVICE + "\" }");
            awaitPrinted("fault 1 taken off");
        }
    }

    @Test
    void aFaultThatHasATimeGoesByItself() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--admin", "0")) {
            put(served, "{\"do\": \"stall-response\", \"for\": \"200ms\"}", 201);

            await().untilAsserted(() -> assertThat(faults(served)).isEmpty());
            assertThat(upgrade(served, DEVICE)).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void aSessionThatIsOpenIsClosed() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--admin", "0");
                Socket device = connect(served, DEVICE);
                Socket other = connect(served, OTHER)) {
            put(served, "{\"do\": \"drop-session\", \"of\": \"" + DEVICE + "\"}", 201);

            assertThat(device.getInputStream().read()).isEqualTo(-1);
            assertThat(sessions(served)).hasSize(1);
            assertThat(other.isClosed()).isFalse();
        }
    }

    @Test
    void theLinkOfOneAddressIsChangedAndTheGatewayStillKnowsWhoComes() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--admin", "0", "--link")) {
            try (Socket device = connect(served, DEVICE)) {
                assertThat(sessions(served).get(0).path("source").asText()).isEqualTo("127.0.0.1");
                put(served, "{\"reset-link\": \"" + DEVICE + "\"}", 201);
                await().untilAsserted(() -> assertThat(sessions(served)).isEmpty());
                assertThat(device.isConnected()).isTrue();
            }
            put(served, "{\"link\": {\"delay\": \"150ms\"}, \"for\": \"1m\"}", 201);
            long began = System.nanoTime();
            assertThat(upgrade(served, DEVICE)).startsWith("HTTP/1.1 101");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void theCertificateExpiresForNewConnectionsAndIsItselfAgain() throws Exception {
        try (ServedGateway served = serve(
                "--wss",
                "0",
                "--admin",
                "0",
                "--root-out",
                folder.resolve("root.pem").toString())) {
            served.address(ListenOptions.WSS);
            certificate(served).checkValidity();

            put(served, "{\"renew-certificate\": {\"valid\": [\"-90d\", \"-1d\"]}}", 201);

            X509Certificate expired = certificate(served);
            assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);
            assertThat(expired.getSubjectAlternativeNames().toString()).contains("localhost");
            send(served, "DELETE", "/faults/1", "");
            certificate(served).checkValidity();
        }
    }

    @Test
    void whatCannotBeIsOneSentence() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--admin", "0")) {
            assertThat(refused(served, "{\"outage\": \"2s\"}")).contains("serve with --link");
            assertThat(refused(served, "{\"names\": {\"of\": \"gateway.test\", \"says\": \"servfail\"}}"))
                    .contains("serve with --run-firmware");
            assertThat(refused(served, "{\"renew-certificate\": {}}")).contains("--wss or --mqtts");
            assertThat(refused(served, "{\"do\": \"stall-tls\", \"of\": \"somebody\"}"))
                    .contains("no device has said to be somebody yet");
            put(served, "{\"do\": \"omit-accept\"}", 201);
            assertThat(refused(served, "{\"do\": \"wrong-accept\"}")).contains("both decide Sec-WebSocket-Accept");
            for (int i = 1; i < 64; i++) {
                put(served, "{\"do\": \"send-text\", \"text\": \"x\", \"after\": \"1h\"}", 201);
            }
            assertThat(refused(served, "{\"do\": \"stall-tls\"}")).contains("64 faults are on already");
        }
    }

    @Test
    void whatWasDoneIsAScenarioThatDoesItAgain() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served = serve("--ws", "0", "--admin", "0", "--link", "--save-scenario", file.toString())) {
            converse(served);
            put(served, "{\"do\": \"answer-status\", \"status\": 503, \"of\": \"" + DEVICE + "\"}", 201);
            assertThat(upgrade(served, DEVICE)).startsWith("HTTP/1.1 503");
            send(served, "DELETE", "/faults/1", "");
            put(served, "{\"do\": \"close-session\", \"after\": \"1h\"}", 201);
            put(served, "{\"link\": {\"delay\": \"20ms\", \"of\": \"" + DEVICE + "\"}, \"for\": \"1h\"}", 201);
            put(served, "{\"outage\": {\"for\": \"100ms\", \"how\": \"refused\"}}", 201);
            await().untilAsserted(() -> assertThat(faults(served)).hasSize(2));
            converse(served);
            converse(served, "02:00:00:00:00:02");
            put(served, "{\"reset-link\": \"127.0.0.1\"}", 201);
        }

        String text = Files.readString(file);
        ScenarioResult result = run(file);

        assertThat(result.verdict()).as(text).isEqualTo(Verdict.PASSED);
        assertThat(text)
                .contains(
                        "of: device-1",
                        "fault: answer-status",
                        "reconnect: device-1",
                        "how: refused",
                        "reset-link: [device-1, device-2]",
                        "# it never acted");
        assertThat(result.journal())
                .filteredOn(entry -> entry.kind().equals("fault-applied"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.attributes()).containsEntry("device", "device-1"));
    }

    @Test
    void strangersFromADevicesAddressAreNotInTheScenario() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served = serve("--ws", "0", "--admin", "0", "--save-scenario", file.toString())) {
            converse(served, DEVICE);
            converse(served, "02:00:00:00:00:02");
            put(served, "{\"do\": \"answer-status\", \"status\": 503, \"of\": \"" + DEVICE + "\"}", 201);
            assertThat(upgrade(served, DEVICE)).startsWith("HTTP/1.1 503");
            assertThat(upgrade(served, "nobody")).startsWith("HTTP/1.1 4");
        }

        String text = Files.readString(file);
        assertThat(run(file).verdict()).as(text).isEqualTo(Verdict.PASSED);
        assertThat(text).contains("reconnect: device-1", "# 1 connections and changes are not in here");
    }

    @Test
    void aDeviceOfTheBrokerIsRecordedToo() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served = serve("--mqtt", "0", "--admin", "0", "--save-scenario", file.toString())) {
            assertThat(connack(served)).isZero();
            put(served, "{\"do\": \"answer-connack\", \"code\": 5, \"of\": \"" + DEVICE + "\"}", 201);
            assertThat(connack(served)).isEqualTo(5);
            send(served, "DELETE", "/faults/1", "");
            assertThat(connack(served)).isZero();
        }

        String text = Files.readString(file);
        assertThat(run(file).verdict()).as(text).isEqualTo(Verdict.PASSED);
        assertThat(text).contains("gateway.test:1883", "reset-device: device-1", "fault: answer-connack");
    }

    @Test
    void aHelloTellsDevicesToSpeakToTheLink() throws Exception {
        try (ServedGateway served = serve("--mqtt", "0", "--udp", "0", "--link")) {
            InetSocketAddress address = served.address(ListenOptions.MQTT);
            try (Socket device = new Socket(address.getAddress(), address.getPort())) {
                device.setSoTimeout(10_000);
                // CONNECT with client id "d", then PUBLISH of a hello to device-server
                device.getOutputStream().write(HexFormat.of().parseHex("100d00044d51545404020000000164"));
                byte[] hello = "\0\rdevice-server{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"
                        .getBytes(StandardCharsets.US_ASCII);
                device.getOutputStream().write(new byte[] {0x30, (byte) hello.length});
                device.getOutputStream().write(hello);
                String answer = new String(device.getInputStream().readNBytes(300), StandardCharsets.US_ASCII);
                assertThat(answer)
                        .contains("\"server\":\"127.0.0.1\"")
                        .contains(
                                "\"port\":" + served.address(ListenOptions.UDP).getPort());
            }
        }
    }

    @Test
    void theTestPageConnectsThroughTheLinkAsDevicesDo() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--admin", "0", "--link")) {
            JsonNode listener = new ObjectMapper()
                    .readTree(send(served, "GET", "/gateway", "").body())
                    .path("listeners")
                    .path(0);
            assertThat(listener.path("port").asInt())
                    .isEqualTo(served.address(ListenOptions.WS).getPort());
        }
    }

    @Test
    void voiceComesFromAnotherPortWhenTheNatForgets() throws Exception {
        try (ServedGateway served = serve("--mqtt", "0", "--udp", "0", "--admin", "0", "--link")) {
            CompletableFuture<ScenarioResult> spoken = CompletableFuture.supplyAsync(() -> speak(served));
            awaitPrinted("voice goes to ");

            put(served, "{\"nat-rebind\": {\"of\": \"all\", \"what\": \"udp\"}}", 201);

            awaitPrinted("voice moved to ");
            spoken.get(1, TimeUnit.MINUTES);
        }
        assertThat(printed.toString()
                        .lines()
                        .filter(line -> line.contains("voice goes to ") || line.contains("voice moved to ")))
                .extracting(line -> line.replaceFirst(".*port ", ""))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    /** A device that goes on speaking for a while. */
    private ScenarioResult speak(ServedGateway served) {
        InetSocketAddress broker = served.address(ListenOptions.MQTT);
        ForeignGateway gateway = new ForeignGateway(
                Map.of(Rig.MQTT, new ForeignGateway.Listener("127.0.0.1", broker.getPort(), broker, "")),
                List.of(),
                null,
                null);
        SuiteCase one = new SuiteCase("voice", "voice", read(new ScenarioLoader().load("voice.yaml", """
                scenario: A device speaks
                devices: { door: { mqtt: {} } }
                steps: [{ connect: door }, { talk: { devices: door, speech: 6s } }]
                expect: [{ event: turn-completed, of: device }]
                """)));
        return new CaseRunner(new AgainstRigs(gateway, TargetPolicy.LOOPBACK, List.of()), null, System::nanoTime)
                .run(one, folder, entry -> {});
    }

    /** The return code of a CONNECT of MQTT 3.1.1. */
    private static int connack(ServedGateway served) throws IOException {
        InetSocketAddress address = served.address("mqtt");
        byte[] id = "GID_test@@@02_00_00_00_00_01@@@one".getBytes(StandardCharsets.US_ASCII);
        try (Socket device = new Socket(address.getAddress(), address.getPort())) {
            device.setSoTimeout(10_000);
            // CONNECT, remaining length, protocol name and level, clean session, keep-alive 60, client id
            device.getOutputStream().write(new byte[] {
                0x10, (byte) (12 + id.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, (byte) id.length
            });
            device.getOutputStream().write(id);
            return device.getInputStream().readNBytes(4)[3];
        }
    }

    private ScenarioResult run(Path file) {
        SuiteCase one = new SuiteCase("recorded", "recorded", read(new ScenarioLoader().load(file)));
        return new CaseRunner(VirtualRigs.factory(), null, () -> 0).run(one, folder, entry -> {});
    }

    private static Scenario read(LoadResult loaded) {
        assertThat(loaded).as(loaded.toString()).isInstanceOf(LoadResult.Ready.class);
        return ((LoadResult.Ready) loaded).cases().get(0);
    }

    @Test
    void aFloodLeavesLogAndTablesSmallWhileThePageIsOpen() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served = serve("--ws", "0", "--admin", "0", "--save-scenario", file.toString());
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
                            .readTree(send(served, "GET", "/refusals?limit=100000", "")
                                    .body())
                            .path("refusals"))
                    .hasSizeLessThanOrEqualTo(1000);
            assertThat(asleep.isConnected()).isTrue();
        }
        lines.drain(new PrintWriter(printed, true));
        assertThat(printed.toString().lines())
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

    private void converse(ServedGateway served) throws IOException {
        converse(served, DEVICE);
    }

    private void converse(ServedGateway served, String deviceId) throws IOException {
        try (Socket device = connect(served, deviceId)) {
            byte[] hello = "{\"type\":\"hello\",\"version\":1,\"transport\":\"websocket\"}"
                    .getBytes(StandardCharsets.US_ASCII);
            // FIN and text, masked with a key of zeroes
            device.getOutputStream().write(new byte[] {(byte) 0x81, (byte) (0x80 | hello.length), 0, 0, 0, 0});
            device.getOutputStream().write(hello);
            assertThat(device.getInputStream().read()).isEqualTo(0x81);
        }
    }

    private Socket connect(ServedGateway served, String deviceId) throws IOException {
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

    private String upgrade(ServedGateway served, String deviceId) throws IOException {
        connect(served, deviceId).close();
        return answer;
    }

    private static X509Certificate certificate(ServedGateway served) throws Exception {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        InetSocketAddress address = served.address(ListenOptions.WSS);
        try (SSLSocket socket =
                (SSLSocket) any.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private JsonNode put(ServedGateway served, String json, int status) throws Exception {
        HttpResponse<String> answer = send(served, "POST", "/faults", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private String refused(ServedGateway served, String json) throws Exception {
        HttpResponse<String> answer = send(served, "POST", "/faults", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body().strip()).doesNotContain("\n");
        return answer.body();
    }

    private JsonNode faults(ServedGateway served) throws Exception {
        return new ObjectMapper()
                .readTree(send(served, "GET", "/faults", "").body())
                .path("faults");
    }

    private JsonNode sessions(ServedGateway served) throws Exception {
        return new ObjectMapper()
                .readTree(send(served, "GET", "/sessions", "").body())
                .path("sessions");
    }

    private HttpResponse<String> send(ServedGateway served, String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + served.adminAddress().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + served.adminToken())
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void awaitPrinted(String text) {
        await().untilAsserted(() -> {
            lines.drain(new PrintWriter(printed, true));
            assertThat(printed.toString()).contains(text);
        });
    }

    private ServedGateway serve(String... arguments) {
        ServeOptions options = new ServeOptions();
        new CommandLine(options).parseArgs(arguments);
        return ServedGateway.start(options, lines);
    }

    /** What is shown is looked at, not believed. */
    private static final class TrustsAnybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
