package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.TestCertificate;
import io.fieldloop.scenario.explain.Translation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code fieldloop serve} as a device sees it: the JDK's WebSocket client does what the banner says. */
@OwnsWallClock("the gateway that judges the tokens runs on the wall clock")
class ServedGatewayTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String DEVICE = "02:00:00:00:00:01";
    private static final String HELLO =
            "{\"type\":\"hello\",\"version\":1,\"transport\":\"websocket\",\"audio_params\":{\"format\":\"opus\"}}";

    private final EventLines lines = new EventLines(InstantSource.fixed(NOW), ZoneOffset.UTC);
    private final Listener listener = new Listener();

    @TempDir
    private Path folder;

    @Test
    void aDeviceConnectsOverWssAsTheBannerSays() throws Exception {
        Path root = folder.resolve("root.pem");
        try (ServedGateway served = serve("--wss", "0", "--root-out", root.toString())) {
            String banner = banner(served, List.of());
            assertThat(banner)
                    .contains("root   " + root)
                    .contains("none is asked for")
                    .contains("TLS by BoringSSL");
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(TestCertificate.trusting(root))
                    .build();
            WebSocket socket = connect(client, url(banner, "wss"), null).get(10, TimeUnit.SECONDS);
            socket.sendText(HELLO, true);
            assertThat(listener.texts.poll(5, TimeUnit.SECONDS)).contains("\"type\":\"hello\"");
            socket.abort();
        }
    }

    @Test
    void aDeviceWithoutACertificateOfTheAuthorityIsRefused() throws Exception {
        Path root = folder.resolve("root.pem");
        Path authority = Files.writeString(
                folder.resolve("clients.pem"), TestCertificate.one().certificatesPem());
        try (ServedGateway served =
                serve("--wss", "0", "--root-out", root.toString(), "--client-ca", authority.toString())) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(TestCertificate.trusting(root))
                    .build();
            String banner = banner(served, List.of());
            assertThat(banner).contains("TLS by Bouncy Castle: BoringSSL is not told about");
            URI url = url(banner, "wss");
            assertThatThrownBy(() -> connect(client, url, null).join()).isInstanceOf(CompletionException.class);
            await().untilAsserted(() -> assertThat(printed()).contains("refused client-certificate, TLS alert 116"));
        }
        assertThatThrownBy(() -> serve("--ws", "0", "--client-ca", authority.toString()))
                .hasMessageContaining("--client-ca")
                .hasMessageContaining("are for TLS");
    }

    /** The first words tell {@code explain --log} whose log it is. */
    @Test
    void theBannerIsInTheLanguageBehindItsFirstWords() {
        try (ServedGateway served = serve("--ws", "0", "--mqtt", "0", "--token-key", "key")) {
            List<String> banner = ServeBanner.lines(served, List.of(), NOW, Translation.to("zh"));

            assertThat(banner.get(0)).isEqualTo("Fieldloop gateway, hardened. 设备请连接：");
            assertThat(banner).last().isEqualTo("按 Ctrl-C 停止。");
            assertThat(banner).noneMatch(line -> line.matches(".*[a-z]+ [a-z]+ [a-z]+.*"));
        }
    }

    @Test
    void aTokenFromTheBannerOpensTheDoorAndNoTokenDoesNot() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (ServedGateway served = serve("--ws", "0", "--token-key", "key")) {
            String banner =
                    ServeBanner.lines(served, List.of(DEVICE, "client"), wallClock(), Translation.english()).stream()
                            .reduce("", (one, next) -> one + next + "\n");
            String token = find("Authorization: (Bearer \\S+)", banner);
            connect(client, url(banner, "ws"), token).get(10, TimeUnit.SECONDS).abort();

            assertThatThrownBy(() -> connect(client, url(banner, "ws"), null).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
            assertThat(printed())
                    .contains("upgraded device " + DEVICE + ", client client")
                    .containsPattern(
                            "2026-.*12:00:00.000  c2 refused token-missing, status 403, from 127.0.0.1 on ws after");
        }
    }

    @Test
    void aDeviceSaysHelloOverMqttAndIsToldWhereToSpeak() throws Exception {
        try (ServedGateway served = serve("--mqtt", "0", "--udp", "0", "--udp-host", "198.51.100.7");
                Socket device = new Socket()) {
            String banner = banner(served, List.of());
            assertThat(banner).contains("udp    127.0.0.1:").contains("MQTT: any client id");
            URI endpoint = URI.create(find("(mqtt://\\S+)", banner));
            device.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
            // CONNECT of MQTT 3.1.1 with client id "d", then PUBLISH to "t" is not heard but "device-server" is
            device.getOutputStream().write(HexFormat.of().parseHex("100d00044d51545404020000000164"));
            byte[] hello = "\0\rdevice-server{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"
                    .getBytes(StandardCharsets.US_ASCII);
            device.getOutputStream().write(0x30);
            device.getOutputStream().write(hello.length);
            device.getOutputStream().write(hello);
            byte[] answer = new byte[300];
            device.getInputStream().readNBytes(answer, 0, answer.length);
            assertThat(new String(answer, StandardCharsets.US_ASCII))
                    .contains("devices/p2p/d")
                    .contains("\"server\":\"198.51.100.7\"");
        }
    }

    @Test
    void devicesAreToldTheForwardedPort() throws Exception {
        int ws;
        try (ServerSocket free = new ServerSocket(0)) {
            ws = free.getLocalPort();
        }
        try (ServedGateway served = serve("--ws", String.valueOf(ws), "--ota", "0", "--advertise", "ws=32768")) {
            int port = served.address(ListenOptions.OTA).getPort();
            HttpRequest asks = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/xiaozhi/ota/"))
                    .header("Device-Id", DEVICE)
                    .header("Client-Id", "client-1")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            String answer = HttpClient.newHttpClient()
                    .send(asks, BodyHandlers.ofString())
                    .body();
            assertThat(answer).contains("ws://127.0.0.1:32768/");
        }
        assertThatThrownBy(() -> serve("--ws", "0", "--advertise", "wsx=32768"))
                .hasMessage(
                        "--advertise wsx=32768 names no listener that devices are told of; expected one of ws, wss, mqtt, udp.");
    }

    @Test
    void theAdminListenerIsBeyondLoopbackWhereItWasAskedForOnly() {
        try (ServedGateway usual = serve("--ws", "0", "--admin", "0");
                ServedGateway open = serve("--ws", "0", "--admin", "0", "--admin-host", "0.0.0.0")) {
            assertThat(usual.adminAddress().getAddress().isLoopbackAddress()).isTrue();
            assertThat(open.adminAddress().getAddress().isAnyLocalAddress()).isTrue();
        }
    }

    @Test
    void anEchoSendsEveryMessageBack() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--session", "echo")) {
            WebSocket socket = connect(HttpClient.newHttpClient(), url(banner(served, List.of()), "ws"), null)
                    .get(10, TimeUnit.SECONDS);
            socket.sendText("no hello of the protocol", true);
            assertThat(listener.texts.poll(5, TimeUnit.SECONDS)).isEqualTo("no hello of the protocol");
            socket.abort();
        }
    }

    @Test
    void closingSays1001() throws Exception {
        ServedGateway served = serve("--ws", "0");
        WebSocket socket = connect(HttpClient.newHttpClient(), url(banner(served, List.of()), "ws"), null)
                .get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(served::close);
        assertThat(listener.closes.poll(10, TimeUnit.SECONDS)).isEqualTo(1001);
        socket.abort();
        closing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theTestPageMayConnectAndOtherSitesMayNot() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--admin", "0")) {
            InetSocketAddress admin = served.adminAddress();
            assertThat(admin.getAddress().isLoopbackAddress()).isTrue();
            String page = "http://127.0.0.1:" + admin.getPort();
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(
                                    HttpRequest.newBuilder(URI.create(page + "/"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .contains("Device test page");

            URI url = url(banner(served, List.of()), "ws");
            from(client, url, page).get(10, TimeUnit.SECONDS).abort();
            assertThatThrownBy(
                            () -> from(client, url, "http://elsewhere.example").join())
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void compatStillTakesDevicesWithoutOriginBesideAnAdminListener() throws Exception {
        // By hand: the JDK's client adds "Content-Length: 0", which websockets 14.2 and so this stance rejects.
        String upgrade = "GET /xiaozhi/v1/ HTTP/1.1\r\nHost: gateway\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nDevice-Id: " + DEVICE
                + "\r\n\r\n";
        try (ServedGateway served = serve("--ws", "0", "--admin", "0", "--stance", "compat");
                Socket device = new Socket(
                        served.address(ListenOptions.WS).getAddress(),
                        served.address(ListenOptions.WS).getPort())) {
            device.setSoTimeout(5000);
            device.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(device.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
        }
    }

    @Test
    void nothingListensBeyondLoopbackUnasked() {
        try (ServedGateway served = serve(
                "--ws", "0", "--wss", "0", "--root-out", folder.resolve("r").toString())) {
            assertThat(List.of(ListenOptions.WS, ListenOptions.WSS))
                    .allMatch(name -> served.address(name).getAddress().isLoopbackAddress());
            assertThat(served.adminAddress()).isNull();
        }
    }

    @Test
    void anOpenGatewayBeyondLoopbackIsPointedOut() {
        try (ServedGateway served = serve("--ws", "0", "--host", "0.0.0.0")) {
            assertThat(banner(served, List.of())).contains("Whoever reaches this port may connect");
        }
    }

    @Test
    void anExemptAddressIsNeverBanned() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--refusals-per-source", "3/10s", "--exempt", "127.0.0.0/8")) {
            refuse(served, 10);
            assertThat(answer(served)).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void theRefusalOfABannedAddressSaysSo() throws Exception {
        try (ServedGateway served = serve("--ws", "0", "--refusals-per-source", "3/10s", "--ban", "1m")) {
            refuse(served, 3);
            assertThat(answer(served)).startsWith("HTTP/1.1 429");
            StringWriter out = new StringWriter();
            await().untilAsserted(() -> {
                lines.drain(new PrintWriter(out, true));
                assertThat(out.toString())
                        .contains("banned 127.0.0.1 for 1m 00s")
                        .contains("because the address is banned (--exempt spares it)");
            });
        }
    }

    @Test
    void aTemporaryRootGoesWithTheGateway() {
        Path root;
        try (ServedGateway served = serve("--wss", "0")) {
            root = Path.of(find("root +(\\S+)", banner(served, List.of())));
            assertThat(root).exists();
        }
        assertThat(root).doesNotExist();
    }

    private static void refuse(ServedGateway served, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            answer(served);
        }
    }

    private static String answer(ServedGateway served) throws IOException {
        InetSocketAddress address = served.address(ListenOptions.WS);
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.setSoTimeout(5000);
            client.getOutputStream()
                    .write("GET /elsewhere HTTP/1.1\r\nHost: gateway\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private ServedGateway serve(String... arguments) {
        ServeOptions options = new ServeOptions();
        new CommandLine(options).parseArgs(arguments);
        return ServedGateway.start(options, lines);
    }

    private static String banner(ServedGateway served, List<String> tokenFor) {
        return String.join("\n", ServeBanner.lines(served, tokenFor, NOW, Translation.english()));
    }

    private CompletableFuture<WebSocket> connect(HttpClient client, URI url, String authorization) {
        WebSocket.Builder builder =
                client.newWebSocketBuilder().header("Device-Id", DEVICE).header("Client-Id", "client");
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder.buildAsync(url, listener);
    }

    private CompletableFuture<WebSocket> from(HttpClient client, URI url, String origin) {
        return client.newWebSocketBuilder()
                .header("Device-Id", DEVICE)
                .header("Origin", origin)
                .buildAsync(url, listener);
    }

    private String printed() {
        StringWriter out = new StringWriter();
        await().until(() -> {
            lines.drain(new PrintWriter(out, true));
            return out.toString().contains("refused");
        });
        return out.toString();
    }

    private static Instant wallClock() {
        return Instant.now();
    }

    private static URI url(String banner, String scheme) {
        return URI.create(find("(" + scheme + "://\\S+)", banner));
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closes.add(code);
            return null;
        }
    }
}
