package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The gateway as a stranger meets it: real sockets, and the JDK's WebSocket client on the other side. */
class GatewayOnSocketsTest {
    private static final String HELLO =
            "{\"type\":\"hello\",\"version\":1,\"features\":{\"mcp\":true},\"transport\":\"websocket\",\"audio_params\":"
                    + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void answersHelloThenAsksForTools() throws Exception {
        try (RunningGateway running = RunningGateway.with(config -> config)) {
            OutsideClient client = new OutsideClient(running, "10:FF:E0:B3:35:76");
            client.socket().sendText(HELLO, true);

            JsonNode hello = json.readTree(client.nextText());
            assertThat(hello.path("type").asText()).isEqualTo("hello");
            assertThat(hello.path("transport").asText()).isEqualTo("websocket");
            assertThat(hello.path("session_id").asText()).matches("[0-9a-f-]{36}");
            JsonNode initialize = json.readTree(client.nextText());
            assertThat(initialize.path("payload").path("method").asText()).isEqualTo("initialize");
            // The client may read the gateway's words before the gateway has taken note of having said them.
            await().untilAsserted(() -> assertThat(running.gateway().sessions())
                    .singleElement()
                    .satisfies(session -> {
                        assertThat(session.deviceId()).isEqualTo("10:FF:E0:B3:35:76");
                        assertThat(session.state()).isEqualTo("idle");
                    }));
            client.socket().abort();
        }
    }

    @Test
    void portTakenIsOneSentence() {
        try (RunningGateway running = RunningGateway.with(config -> config)) {
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
            assertThatThrownBy(
                            () -> RunningGateway.with(config -> config.listener(ListenerConfig.plain("second", taken))))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(GatewayConfigException.class)
                    .hasMessageMatching(
                            "Listener \"second\" cannot listen on .*: the port is taken; choose another or stop what uses it\\.");
        }
    }

    @Test
    void playsAWholeTurnToTheJdksClient() throws Exception {
        try (RunningGateway running = RunningGateway.with(config -> config)) {
            OutsideClient client = new OutsideClient(running, Requests.DEVICE_ID);
            client.socket().sendText(FrozenDevice.hello(1), true).join();
            client.nextText();
            client.socket()
                    .sendText("{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}", true)
                    .join();
            client.socket()
                    .sendText("{\"type\":\"listen\",\"state\":\"stop\"}", true)
                    .join();

            assertThat(client.nextText()).contains("\"stt\"");
            assertThat(client.nextText()).contains("\"start\"");
            assertThat(client.nextText()).contains("\"llm\"");
            assertThat(client.nextText()).contains("\"sentence_start\"");
            assertThat(client.nextText()).contains("\"stop\"");
            assertThat(client.binaryCount()).isEqualTo(34);
            client.socket().sendClose(1000, "done").join();
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void stopsGracefullyWith1001AndAbruptlyWithout() throws Exception {
        try (RunningGateway running = RunningGateway.with(config -> config)) {
            OutsideClient client = new OutsideClient(running, Requests.DEVICE_ID);
            running.gateway().stopGracefully().join();
            assertThat(client.closeCode()).isEqualTo(1001);
            assertThat(running.events().kinds()).containsOnlyOnce("gateway-stopped");
        }
        try (RunningGateway running = RunningGateway.with(config -> config)) {
            OutsideClient client = new OutsideClient(running, Requests.DEVICE_ID);
            running.gateway().stop().join();
            assertThat(running.events().only(GatewayEvent.SessionClosed.class).attributes())
                    .containsEntry("reason", "gateway-stopped")
                    .doesNotContainKey("code");
            client.socket().abort();
        }
    }

    @Test
    void twoGatewaysInOneProcessDoNotNoticeEachOther() throws Exception {
        try (RunningGateway one = RunningGateway.with(config -> config);
                RunningGateway other = RunningGateway.with(config -> config.stance(Stance.COMPAT))) {
            OutsideClient client = new OutsideClient(one, Requests.DEVICE_ID);
            assertThat(one.gateway().sessions()).hasSize(1);
            assertThat(other.gateway().sessions()).isEmpty();
            assertThat(other.events().kinds()).containsExactly("gateway-started");
            client.socket().abort();
        }
    }

    @Test
    void deliversTheWholeRefusalToAClientThatIsStillSending() throws Exception {
        try (RunningGateway running = RunningGateway.with(config -> config);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            byte[] request = Requests.upgrade()
                    .method("POST")
                    .with("Content-Length", "100000")
                    .text()
                    .getBytes(StandardCharsets.US_ASCII);
            client.getOutputStream().write(request);
            client.getOutputStream().write(new byte[50_000]);
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 405 ")
                    .endsWith("}\n");
        }
    }
}
