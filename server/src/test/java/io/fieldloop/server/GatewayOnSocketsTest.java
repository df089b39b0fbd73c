package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
            assertThat(running.gateway().sessions()).singleElement().satisfies(session -> {
                assertThat(session.deviceId()).isEqualTo("10:FF:E0:B3:35:76");
                assertThat(session.state()).isEqualTo("idle");
            });
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
}
