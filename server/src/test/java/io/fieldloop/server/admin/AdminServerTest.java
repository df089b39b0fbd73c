package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.MqttBytes;
import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.event.RefusalReason;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The admin listener over real HTTP, beside a gateway that asks for tokens. */
class AdminServerTest {
    private static RunningAdmin running;

    @BeforeAll
    static void start() {
        running = new RunningAdmin();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void healthIsJson() throws Exception {
        assertThat(running.json("/healthz").path("status").asText()).isEqualTo("up");
    }

    @Test
    void overviewSaysWhereToConnect() throws Exception {
        JsonNode overview = running.json("/gateway");
        assertThat(overview.path("stance").asText()).isEqualTo("hardened");
        assertThat(overview.path("token-required").asBoolean()).isTrue();
        assertThat(overview.path("listeners")).hasSize(3).first().satisfies(listener -> {
            assertThat(listener.path("scheme").asText()).isEqualTo("ws");
            assertThat(listener.path("port").asInt()).isPositive();
        });
    }

    @Test
    void aRefusalIsFoundByItsAttemptAndCounted() throws Exception {
        String before = running.json("/gateway").path("now").asText();
        assertThatThrownBy(() -> running.connect("attempt=a1b2c3&device-id=02:00:00:00:00:02")
                        .join())
                .isInstanceOf(CompletionException.class);

        JsonNode refusals = running.json("/refusals?since=" + before);
        JsonNode record = refusals.path("refusals").get(0);
        assertThat(record.path("reason").asText()).isEqualTo("token-missing");
        assertThat(record.path("class").asText()).isEqualTo("token");
        assertThat(record.path("status").asInt()).isEqualTo(403);
        assertThat(record.path("source").asText()).isEqualTo("127.0.0.1");
        assertThat(record.path("elapsed-seconds").asDouble()).isBetween(0.0, 5.0);
        assertThat(record.path("first-bytes").asText()).contains("attempt=a1b2c3");
        assertThat(record.path("explanation").asText()).isEqualTo(RefusalReason.TOKEN_MISSING.explanation());
        assertThat(refusals.path("by-reason").path("token-missing").asLong()).isPositive();
        assertThat(running.get("/metrics"))
                .containsPattern("fieldloop_refusals_total\\{class=\"token\",reason=\"token-missing\"} [1-9]");
    }

    @Test
    void refusalsAreFilteredByTimeAndNumber() throws Exception {
        assertThat(running.json("/refusals?since=2999-01-01T00:00:00Z").path("refusals"))
                .isEmpty();
        assertThat(running.json("/refusals?limit=0").path("refusals")).isEmpty();
        assertThat(running.send("GET", "/refusals?since=yesterday").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aSessionOfTheTestPageIsListedWhileItLives() throws Exception {
        WebSocket socket =
                running.connect("device-id=02:00:00:00:00:01&client-id=browser").get(5, TimeUnit.SECONDS);
        JsonNode session = running.json("/sessions").path("sessions").get(0);
        assertThat(session.path("device-id").asText()).isEqualTo("02:00:00:00:00:01");
        assertThat(session.path("client-id").asText()).isEqualTo("browser");
        assertThat(session.path("state").asText()).isEqualTo("connected");
        assertThat(running.get("/metrics"))
                .contains("fieldloop_sessions 1.0")
                .contains("fieldloop_connections_total{listener=\"ws\"}")
                .contains("fieldloop_alarm_active{class=\"rdp-scan\"} 0");
        socket.abort();
        await().until(() -> running.json("/sessions").path("sessions").isEmpty());
        assertThat(running.get("/metrics")).contains("fieldloop_sessions_closed_total{by=");
    }

    @Test
    void anMqttSessionIsListedWithItsVoice() throws Exception {
        try (Socket device = new Socket()) {
            device.connect(running.address("mqtt"));
            device.getOutputStream().write(MqttBytes.connect("GID_x@@@02_00_00_00_00_07@@@u"));
            device.getOutputStream()
                    .write(MqttBytes.publish(
                            "device-server", "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"));
            await().until(() -> running.json("/sessions").path("sessions").findValue("voice") != null);
            JsonNode session = running.json("/sessions").path("sessions").get(0);
            assertThat(session.path("protocol-version").asInt()).isEqualTo(3);
            assertThat(session.path("device-id").asText()).isEqualTo("02:00:00:00:00:07");
            assertThat(session.path("transport").asText()).isEqualTo("mqtt");
            assertThat(session.path("state").asText()).isEqualTo("idle");
            assertThat(session.path("voice").path("rebinds").asInt(-1)).isZero();
            assertThat(running.get("/metrics")).contains("fieldloop_voice_flows 1.0");
            assertThat(running.json("/gateway").path("listeners").findValuesAsText("scheme"))
                    .containsExactly("ws", "mqtt", "udp");
        }
        await().until(() -> running.json("/sessions").path("sessions").isEmpty());
        assertThat(running.get("/metrics")).contains("fieldloop_voice_packets_total{fate=\"lost\"} 0.0");
    }

    @Test
    void everyReasonHasAnExplanationAndAdvice() throws Exception {
        JsonNode reasons = running.json("/reasons");
        assertThat(reasons).hasSize(RefusalReason.values().length).allSatisfy(reason -> {
            assertThat(reason.path("explanation").asText()).isNotEmpty();
            assertThat(reason.path("check").asText()).endsWith(".");
        });
    }

    @Test
    void onlyGetAndHeadAreAnswered() throws Exception {
        assertThat(running.send("POST", "/healthz").statusCode()).isEqualTo(405);
        assertThat(running.send("POST", "/healthz").headers().firstValue("Allow"))
                .contains("GET, HEAD");
        HttpResponse<String> head = running.send("HEAD", "/reasons");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isGreaterThan(1000);
        assertThat(running.send("GET", "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void everyAnswerIsHeldBackFromOtherSitesAndCaches() throws Exception {
        HttpResponse<String> answer = running.send("GET", "/nothing");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aForeignHostNameIsRefusedSoThatNoWebSiteCanRebindItsName() throws Exception {
        assertThat(raw("GET /sessions HTTP/1.1\r\nHost: rebound.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw("GET /sessions HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void anOversizedHeadAndAnOversizedBodyAreTurnedAway() throws Exception {
        assertThat(raw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 50000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void whoListensIsToldTheStateAtOnceAndEachSecond() throws Exception {
        try (Socket page =
                new Socket(InetAddress.getLoopbackAddress(), running.address().getPort())) {
            page.setSoTimeout(5000);
            page.getOutputStream()
                    .write("GET /live/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
            List<String> states = lines.lines()
                    .filter(line -> line.startsWith("data: "))
                    .limit(2)
                    .toList();
            JsonNode state = new ObjectMapper().readTree(states.get(1).substring("data: ".length()));
            assertThat(state.path("sessions").isArray()).isTrue();
            assertThat(state.path("refusal-count").isNumber()).isTrue();
            assertThat(state.path("history").path("seconds-per-span").asInt()).isEqualTo(5);
        }
    }

    @Test
    void theLivePageIsInTheLanguageThatIsAskedFor() throws Exception {
        assertThat(running.get("/live")).contains("<html lang=\"en\">", "Live bench");
        assertThat(running.get("/live?lang=zh")).contains("<html lang=\"zh\">", "实时测试台");
    }

    @Test
    void nothingCanBeChangedWhereNobodyTakesChanges() throws Exception {
        assertThat(running.send("POST", "/faults").statusCode()).isEqualTo(405);
        assertThat(running.json("/faults")).isEmpty();
    }

    @Test
    void aTakenPortIsOneSentence() {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        int taken = running.address().getPort();
        assertThatThrownBy(() -> AdminServer.start(AdminConfig.onLoopback(taken), GatewayRuntime.onSockets(group))
                        .join())
                .cause()
                .isInstanceOf(GatewayConfigException.class)
                .hasMessage("The admin listener cannot listen on 127.0.0.1:" + taken
                        + ": the port is taken; choose another or stop what uses it.");
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void itSaysThatItIsStartingUntilThereIsAGateway() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (AdminServer alone = AdminServer.start(AdminConfig.onLoopback(0), GatewayRuntime.onSockets(group))
                .join()) {
            assertThat(raw(
                            alone.address().getPort(),
                            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("starting");
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static String raw(String request) throws IOException {
        return raw(running.address().getPort(), request);
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
