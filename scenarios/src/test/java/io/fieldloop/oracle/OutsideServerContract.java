package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.PhaseLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of simulated device makes of a server built on any library. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutsideServerContract {
    /** After which both servers reply: whoever says more is cut off by the answer. */
    private static final Duration THREE_PACKETS = Duration.ofMillis(180);

    private @Nullable OutsideProgram server;
    private int port;

    abstract WebSocketLibrary library();

    @BeforeAll
    void startServer() {
        library().assumeInstalled();
        server = library().start("server");
        String listening = server.awaitLine(line -> line.contains("listening"));
        port = Integer.parseInt(listening.replaceAll("\\D", ""));
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    /** All but the modem that speaks TLS to every port, and what speaks MQTT alone: these servers have neither. */
    static List<String> profiles() {
        return DeviceProfile.names().stream()
                .filter(name -> !name.equals("xiaozhi-ml307-tls-always") && !name.equals("esp-mqtt"))
                .toList();
    }

    /** One of each WebSocket client; the other profiles differ in their TLS. */
    static List<String> clients() {
        return List.of(
                "xiaozhi-wifi",
                "xiaozhi-ml307",
                "esp-idf-websocket",
                "esp-idf-websocket-case-sensitive",
                "strict-rfc6455");
    }

    /** A modem's UART takes more than two seconds for a hundred kilobytes, and what is to be sent waits behind that. */
    static List<String> clientsWithoutModem() {
        return clients().stream().filter(profile -> !profile.contains("ml307")).toList();
    }

    private LoopbackDevice device(String profile, String path) {
        DeviceProfile impatient = DeviceProfile.named(profile);
        PhaseLimits limits = impatient.limits();
        PhaseLimits shorter = new PhaseLimits(
                limits.plainConnect(),
                limits.tlsConnect(),
                limits.tlsSilence(),
                limits.openCoversTls(),
                limits.openAnswer(),
                limits.openAnswerPerRead(),
                path.equals("/silent") ? Duration.ofMillis(200) : limits.serverHello(),
                limits.channelIdle());
        return new LoopbackDevice(
                DeviceConfig.of("door", impatient.withLimits(shorter), "ws://gateway.test" + path), port);
    }

    private LoopbackDevice online(String profile, String path) {
        LoopbackDevice device = device(profile, path);
        assertThat(device.open()).isInstanceOf(ConnectOutcome.Online.class);
        return device;
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void holdsAConversation(String profile) {
        try (LoopbackDevice device = online(profile, "/xiaozhi/v1/")) {
            assertThat(device.talk(THREE_PACKETS)).isInstanceOf(TurnOutcome.Completed.class);
            assertThat(device.awaitEvent(DeviceEvent.AudioReceived.class).attributes())
                    .containsEntry("frames", 10L);
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void understandsAHelloInThreeFrames(String profile) {
        online(profile, "/fragmented").close();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void answersAPing(String profile) {
        long before = told("pong", "are you there");
        try (LoopbackDevice device = online(profile, "/ping")) {
            awaitTold(before + 1, "pong", "are you there");
            device.closeChannel();
        }
    }

    @ParameterizedTest
    @MethodSource("clientsWithoutModem")
    void outlivesAMessageOfAHundredKilobytes(String profile) {
        try (LoopbackDevice device = online(profile, "/large")) {
            assertThat(device.talk(THREE_PACKETS)).isInstanceOf(TurnOutcome.Completed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void takesNothingBut101(String profile) {
        for (int status : new int[] {400, 401, 403, 404, 426, 500, 503}) {
            assertThat(verdict(profile, "/refuse/" + status))
                    .startsWith("upgrade-refused")
                    .endsWith(" " + status);
        }
        if (!DeviceProfile.named(profile).response().followsRedirects()) {
            assertThat(verdict(profile, "/redirect"))
                    .startsWith("upgrade-refused")
                    .endsWith(" 301");
        }
    }

    private String verdict(String profile, String path) {
        try (LoopbackDevice device = device(profile, path)) {
            return LoopbackDevice.verdict(device.open());
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void givesUpWithoutAHello(String profile) {
        assertThat(verdict(profile, "/silent")).startsWith("hello-timeout");
    }

    @ParameterizedTest
    @CsvSource({
        "xiaozhi-wifi, /close/1000, closed-by-server",
        "xiaozhi-wifi, /close/1011, closed-by-server",
        "esp-idf-websocket, /close/1011, closed-by-server",
        "strict-rfc6455, /close/4000, closed-by-server",
        "xiaozhi-wifi, /drop, closed-by-server",
        "xiaozhi-ml307, /drop, closed-by-server",
        "esp-idf-websocket, /drop, closed-by-server",
        "strict-rfc6455, /drop, closed-by-server",
        "xiaozhi-wifi, /reset, connection-lost",
        "strict-rfc6455, /reset, connection-lost"
    })
    void noticesTheEnd(String profile, String path, String reason) {
        try (LoopbackDevice device = online(profile, path)) {
            assertThat(device.awaitOffline()).hasToString(reason);
        }
    }

    /** Protocol reference 1.8: firmware drops the connection, and its server reads 1006. */
    @ParameterizedTest
    @MethodSource("clients")
    void leavesWithoutACloseFrame(String profile) {
        long before = told("closed", "1006");
        try (LoopbackDevice device = online(profile, "/xiaozhi/v1/")) {
            device.closeChannel();
            awaitTold(before + 1, "closed", "1006");
        }
    }

    private void awaitTold(long times, String... words) {
        OutsideProgram.patiently().until(() -> told(words) >= times);
    }

    /** How many of the server's lines have all these words. */
    private long told(String... words) {
        return server.lines().stream()
                .filter(line -> Stream.of(words).allMatch(line::contains))
                .count();
    }
}
