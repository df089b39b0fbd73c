package io.fieldloop.scenario.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.websocket.Identity;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.probe.finding.OtaFinding;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.OtaFault;
import io.fieldloop.server.ota.OtaConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe of an OTA address says, of gateways that are right and of some that are not. */
@OwnsWallClock("gateway and examiner meet on real sockets")
class OtaExaminerTest {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        loops.shutdownGracefully();
    }

    private OtaExamination examine(FaultAction... faults) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        GatewayConfig webSocket = GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", anyPort))
                .build();
        GatewayRuntime runtime = GatewayRuntime.onSockets(loops);
        try (Gateway talks = Gateway.start(webSocket, runtime, event -> {}).join()) {
            int port = ((InetSocketAddress) talks.address("ws")).getPort();
            GatewayConfig.Builder config = GatewayConfig.builder()
                    .listener(ListenerConfig.ota("ota", anyPort))
                    .ota(OtaConfig.builder()
                            .websocketUrls(List.of("ws://{host}:" + port + GatewayConfig.PATH))
                            .build());
            List.of(faults).forEach(fault -> config.fault(Fault.always(fault)));
            try (Gateway ota =
                            Gateway.start(config.build(), runtime, event -> {}).join();
                    OtaExaminer examiner = examiner(((InetSocketAddress) ota.address("ota")).getPort())) {
                return examiner.examine();
            }
        }
    }

    private static OtaExaminer examiner(int port) {
        ExamineSettings settings = new ExamineSettings(
                ServerUrl.parse("http://127.0.0.1:" + port + "/xiaozhi/ota/"),
                List.of(),
                TrustRoots.ofThisJava(),
                new Identity(null, "36c98363-3656-43cb-a00f-8bced2391a90", "02:00:00:00:00:01", 1),
                List.of("xiaozhi-wifi"),
                Duration.ZERO,
                1000);
        return new OtaExaminer(settings, InstantSource.system(), System::nanoTime, new SecureRandom(), what -> {});
    }

    @Test
    void followsTheWebSocketItIsHandedOut() {
        OtaExamination found = examine();
        assertThat(found.ota().status()).isEqualTo(200);
        assertThat(found.allReachable()).isTrue();
        assertThat(found.webSocket()).isNotNull();
        assertThat(OtaExaminationText.of(found))
                .anyMatch(line -> line.contains("every kind of device connects"))
                .anyMatch(line -> line.contains("a device that asks here gets where it is sent"));
    }

    @Test
    void saysThatAnErrorObjectIsTakenForSuccess() {
        OtaExamination found = examine(new OtaFault.OtaErrorObject());
        assertThat(found.allReachable()).isFalse();
        assertThat(found.ota().warnings()).anyMatch(warning -> warning.contains("the body is an error object"));
    }

    @Test
    void triesTheBrokerItIsHandedOut() {
        OtaExamination found = examine(new OtaFault.OfferMqttToo("127.0.0.1:1"));
        assertThat(found.mqtt()).isNotNull();
        assertThat(OtaExaminationText.of(found))
                .anyMatch(line -> line.contains("127.0.0.1:1: no connection: connection refused"));
        assertThat(found.ota().warnings()).anyMatch(warning -> warning.contains("devices take MQTT"));
        assertThat(found.allReachable()).isFalse();
    }

    @Test
    void anAnswerOnWhichDevicesRestartIsNotWhereTheyGet() {
        OtaExamination found = examine(new OtaFault.OfferVersion("v2.0", false));
        assertThat(found.webSocket()).isNotNull();
        assertThat(found.allReachable()).isFalse();
        assertThat(OtaExaminationText.of(found)).anyMatch(line -> line.contains("restarts and asks again, for ever"));
    }

    @Test
    void aBrokerWhoseHelloNamesNoPlaceForVoiceIsNotWhereTheyTalk() throws IOException {
        String publish = "0\023\000\001h{\"type\":\"hello\"}";
        OtaExamination found = examineBroker(publish);
        assertThat(found.mqtt().connected()).isTrue();
        assertThat(found.allReachable()).isFalse();
        assertThat(OtaExaminationText.of(found))
                .anyMatch(line -> line.contains("is let in by the broker, and cannot talk"));
    }

    /** As xiaozhi-mqtt-gateway does, which looks at the password when it has sent its CONNACK. */
    @Test
    void aBrokerThatEndsTheConnectionBehindItsConnackLetsNobodyIn() throws IOException {
        OtaExamination found = examineBroker("");
        assertThat(found.mqtt().connected()).isFalse();
        assertThat(found.allReachable()).isFalse();
        assertThat(OtaExaminationText.of(found))
                .anyMatch(line -> line.contains("CONNACK 0, then it ended the connection"));
    }

    private OtaExamination examineBroker(String saysMore) throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread lets = new Thread(() -> letIn(broker, saysMore));
            lets.start();
            OtaExamination found = examine(new OtaFault.OfferMqttToo("127.0.0.1:" + broker.getLocalPort()));
            assertThat(found.mqtt()).isNotNull();
            return found;
        }
    }

    private static void letIn(ServerSocket broker, String saysMore) {
        try (Socket device = broker.accept()) {
            device.getOutputStream().write(new byte[] {0x20, 2, 0, 0});
            device.getOutputStream().write(saysMore.getBytes(StandardCharsets.ISO_8859_1));
            device.shutdownOutput();
            device.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClockThatIsRightIsNotCalledWrongForWhatLookingAtItTakes() {
        assertThat(OtaExaminationText.of(examine()))
                .anyMatch(line -> line.contains("clock agrees with this machine's"));
    }

    @Test
    void saysWhatDevicesShowOfAStatus() {
        OtaExamination found = examine(new OtaFault.OtaStatus(502, "no"));
        assertThat(found.ota().warnings()).anyMatch(warning -> warning.startsWith("Devices show code=502"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{\"websocket\":{\"url\":\"ws://172.17.0.2:8000/\"}}; only the server's own machine",
                "{\"firmware\":{\"version\":\"v2\",\"url\":\"http://a/\"},\"mqtt\":{}}; devices restart for ever",
                "{\"firmware\":{\"version\":\"2.0-beta\",\"url\":\"\",\"force\":1}}; at every boot",
                "{\"activation\":{\"code\":\"123456\"}}; no challenge",
                "{\"server_time\":{\"timestamp\":0}}; clock is wrong",
                "{\"websocket\":{\"url\":\"ws://a/\",\"reconnect_interval\":5}}; 'reconnect_interval' is longer than the 15 characters",
                "{\"mqtt\":{\"endpoint\":\"mqtt://a:1883\"}}; The endpoint mqtt://a:1883 has no number behind its first colon",
                "nothing; code=264",
            })
    void warnsOfWhatDevicesStumbleOver(String body, String warning) {
        OtaFinding found = new OtaAnswerReader("HTTP/1.1 200 OK\r\n\r\n" + body, "ota.example.com")
                .read(Duration.ZERO, Instant.parse("2026-01-01T00:00:00Z"), "");
        assertThat(found.warnings()).anyMatch(said -> said.contains(warning));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/xiaozhi/ota/, true",
        "HTTPS://a:1/ota, true",
        "ws://a/xiaozhi/ota/, false",
        "http://a/ota.php, true",
        "https://a/xiaozhi/ota/?key=1, true",
        "http://a/ota/room/1, true",
        "http://ota/xiaozhi/v1/, false",
        "http://a/rota/, false",
        "http://a/xiaozhi/v1/?from=/ota/, false",
        "http://a/xiaozhi/v1/, false"
    })
    void tellsAnOtaAddressByItsSchemeAndPath(String url, boolean ota) {
        assertThat(OtaExaminer.isOta(url)).isEqualTo(ota);
    }
}
