package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.UpgradeFault;
import io.fieldloop.server.session.SessionConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What any client library must see of our gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutsideClientContract {
    static final String HELLO = "{\"type\":\"hello\",\"version\":1,\"transport\":\"websocket\",\"audio_params\":"
            + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";

    private static final String DEVICE_ID = "10:FF:E0:B3:35:76";
    private static final LibraryClient.Options DEVICE = LibraryClient.Options.headers(
            Map.of("Device-Id", DEVICE_ID, "Client-Id", "7b94d69a-9808-4c59-9c9b-704333b38aff"));

    private @Nullable LoopbackGateway gateway;
    private @Nullable LibraryClient client;

    abstract WebSocketLibrary library();

    @BeforeAll
    void needsTheLibrary() {
        library().assumeInstalled();
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    private void serve(UnaryOperator<GatewayConfig.Builder> more) {
        gateway = LoopbackGateway.plain(more);
    }

    private void serve(FaultAction fault) {
        serve(config -> config.fault(Fault.always(fault)));
    }

    private LibraryClient connect(LibraryClient.Options options) {
        return connect(gateway.uri(), options);
    }

    /** A client of a gateway with this fault. */
    LibraryClient connect(FaultAction fault, String option, Object value) {
        serve(fault);
        return connect(DEVICE.with(option, value));
    }

    private LibraryClient connect(URI uri, LibraryClient.Options options) {
        client = LibraryClient.connect(library(), uri, options);
        return client;
    }

    private LibraryClient online(UnaryOperator<GatewayConfig.Builder> more) {
        serve(more);
        return greeted(connect(DEVICE));
    }

    /** The client once the gateway has answered its hello. */
    static LibraryClient greeted(LibraryClient client) {
        client.awaitEvent("open");
        client.text(HELLO);
        client.awaitMessage("hello", "");
        return client;
    }

    @Test
    void holdsAConversation() {
        online(config -> config);
        client.text("{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}");
        client.binary(10, 120);
        client.text("{\"type\":\"listen\",\"state\":\"stop\"}");

        assertThat(client.awaitMessage("stt", "").path("text").asText()).isEqualTo("hello");
        client.awaitMessage("tts", "start");
        client.awaitMessage("tts", "stop");
        assertThat(client.count("binary")).isEqualTo(34);
        assertThat(gateway.awaitEvent(GatewayEvent.AudioReceived.class).frames())
                .isEqualTo(10);
        client.close(1000, "done");
        assertThat(client.awaitEvent("closed").path("code").asInt()).isEqualTo(1000);
        assertThat(gateway.awaitEvent(GatewayEvent.SessionClosed.class).attributes())
                .containsEntry("reason", "device-closed")
                .containsEntry("code", 1000L);
    }

    @Test
    void isNotGivenTheCompressionItOffers() {
        serve(config -> config);

        assertThat(connect(DEVICE).awaitEvent("open").path("extensions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10:FF:E0:B3:35:76,,/xiaozhi/v1/,                   open,,",
        "10:FF:E0:B3:35:76,,/xiaozhi/v1,                    open,,",
        "              '',,/xiaozhi/v1/?device-id=10:ff:e0:b3:35:76, open,,",
        "              '',,/xiaozhi/v1/,                    refused, 403, device-id-missing",
        "    10-FF-E0-B3,,/xiaozhi/v1/,                     refused, 403, device-id-malformed",
        "10:FF:E0:B3:35:76,http://elsewhere.test,/xiaozhi/v1/, refused, 403, origin-refused",
        "10:FF:E0:B3:35:76,,/,                              refused, 404, path-not-found",
        "10:FF:E0:B3:35:76,,/xiaozhi/v1/more,               refused, 404, path-not-found"
    })
    void isLetInOrRefused(String deviceId, String origin, String path, String event, Integer status, String reason) {
        serve(config -> config);
        LibraryClient.Options options =
                LibraryClient.Options.headers(deviceId.isEmpty() ? Map.of() : Map.of("Device-Id", deviceId));
        connect(gateway.uri(path), origin == null ? options : options.with("origin", origin));

        var outcome = client.awaitEvent(event);
        if (status != null) {
            assertThat(outcome.path("status").asInt()).isEqualTo(status);
            assertThat(gateway.awaitRefusal()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', token-missing",
        "Bearer nonsense, token-malformed",
        "Bearer 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU.1700000000, token-mismatch"
    })
    void isRefusedWith403WithoutAGoodToken(String authorization, String reason) {
        serve(config ->
                config.admission(AdmissionConfig.builder().requireToken("key").build()));
        connect(LibraryClient.Options.headers(
                authorization.isEmpty()
                        ? DEVICE.headers()
                        : Map.of("Device-Id", DEVICE_ID, "Client-Id", "c", "Authorization", authorization)));

        assertThat(client.awaitEvent("refused").path("status").asInt()).isEqualTo(403);
        assertThat(gateway.awaitRefusal()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307})
    void followsARedirectThatNoDeviceWouldFollow(int status) {
        try (LoopbackGateway elsewhere = LoopbackGateway.plain(config -> config)) {
            serve(new UpgradeFault.Redirect(elsewhere.uri().toString(), status));
            connect(DEVICE).awaitEvent("open");
            client.text(HELLO);

            client.awaitMessage("hello", "");
            assertThat(elsewhere.gateway().sessions()).hasSize(1);
            assertThat(gateway.gateway().sessions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1011, 4000})
    void readsTheCloseCode(int code) {
        serve(new SessionFault.CloseSession(code, Duration.ZERO));

        assertThat(connect(DEVICE).awaitEvent("closed").path("code").asInt()).isEqualTo(code);
    }

    @Test
    void reads1006WhenTheConnectionIsDropped() {
        serve(new SessionFault.DropSession(Duration.ZERO));

        assertThat(connect(DEVICE).awaitEvent("closed").path("code").asInt()).isEqualTo(1006);
    }

    @Test
    void reads1001WhenTheGatewayStops() {
        online(config -> config);
        gateway.gateway().stopGracefully();

        assertThat(client.awaitEvent("closed").path("code").asInt()).isEqualTo(1001);
    }

    @Test
    void reads1003AfterAHelloForAnotherTransport() {
        serve(config -> config);
        connect(DEVICE).awaitEvent("open");
        client.text(HELLO.replace("\"websocket\"", "\"mqtt\""));

        assertThat(client.awaitEvent("closed").path("code").asInt()).isEqualTo(1003);
    }

    /** A client that waits for the gateway to end the connection, as Python's does, must not wait for a close timeout. */
    @Test
    void reads1009AfterAMessageThatIsTooBigWithoutWaiting() {
        online(config -> config.session(SessionConfig.builder()
                .messageBytesMax(1000)
                .closeTimeout(OutsideProgram.DEADLINE.multipliedBy(2))
                .build()));
        client.binary(1, 1001);

        assertThat(client.awaitEvent("closed").path("code").asInt()).isEqualTo(1009);
    }

    @Test
    void closesWithACodeOfItsOwn() {
        online(config -> config);
        client.close(4001, "lunch");

        assertThat(client.awaitEvent("closed").path("code").asInt()).isEqualTo(4001);
        assertThat(gateway.awaitEvent(GatewayEvent.SessionClosed.class).code()).isEqualTo(4001);
    }

    @Test
    void isAnsweredAPing() {
        online(config -> config);
        client.ping("are you there");

        assertThat(client.awaitEvent("pong").path("payload").asText()).isEqualTo("are you there");
        gateway.awaitEvent(GatewayEvent.PingReceived.class);
    }

    @Test
    void answersOurPings() {
        Duration often = Duration.ofMillis(50);
        online(config -> config.session(SessionConfig.builder()
                .ping(new SessionConfig.Ping(often, OutsideProgram.DEADLINE))
                .build()));

        gateway.awaitEvent(GatewayEvent.PongReceived.class);
    }

    @Test
    void mayCutAMessageIntoFrames() {
        serve(config -> config);
        connect(DEVICE).awaitEvent("open");
        client.fragments(HELLO.substring(0, 1), HELLO.substring(1, 20), HELLO.substring(20));

        client.awaitMessage("hello", "");
    }
}
