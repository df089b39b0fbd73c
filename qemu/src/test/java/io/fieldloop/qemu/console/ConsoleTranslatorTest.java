package io.fieldloop.qemu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleTranslatorTest {

    private static final String START = """
            I (100) StateMachine: State: idle -> connecting
            I (100) WS: Connecting to websocket server: wss://gateway.test/ with version: 1
            """;
    private static final String ONLINE = START + """
            I (400) WS: Session ID: s-1
            I (400) StateMachine: State: connecting -> listening
            """;

    @Test
    void everyLineIsALogEvent() {
        Console console = Console.stock().print("""
                E (1234) WS: something nobody has written down
                printf without anything
                D (1300) mqtt_client: Sent PING successful
                """);
        assertThat(console.events)
                .containsExactly(
                        new DeviceEvent.Log(LogLevel.ERROR, "WS", "something nobody has written down", 1234),
                        new DeviceEvent.Log(LogLevel.INFO, "uart", "printf without anything", 1234),
                        new DeviceEvent.Log(LogLevel.DEBUG, "mqtt_client", "Sent PING successful", 1300));
    }

    @Test
    void readsLinesWithoutTimeAndWithLeftoversOfColours() {
        Console console = Console.stock().print("""
                [0;32mI (100) WS: Connecting to websocket server: ws://gateway.test/ with version: 1[0m
                E WebSocket: WebSocket handshake failed
                E WS: Failed to connect to websocket server, code=0
                """);
        assertThat(console.refusal().reason()).isEqualTo(FailureReason.UPGRADE_REFUSED);
    }

    @Test
    void refusesWhenTheFirmwareGivesUpAndNotBefore() {
        Console console =
                Console.stock().print(START).wait(Duration.ofSeconds(2)).print("""
                E (2100) esp-tls: [sock=54] delayed connect error: Connection reset by peer
                E (2100) esp-tls: Failed to open new connection
                E (2100) EspSsl: Failed to connect to gateway.test:443, code=0x8004
                E (2100) WebSocket: Failed to connect to server
                """);
        assertThat(console.kinds()).containsExactly("state-changed", "attempt-started");
        console.print("""
                E (2100) WS: Failed to connect to websocket server, code=32772
                W (2100) Application: Alert [circle_xmark] Error: no service
                I (2100) StateMachine: State: connecting -> idle
                """);
        assertThat(console.kinds()).containsExactly("state-changed", "attempt-started", "refused", "state-changed");
        assertThat(console.refusal().elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(console.refusal().text()).contains("delayed connect error");
    }

    @Test
    void refusesOnceThoughSeveralLinesGiveUp() {
        Console console = Console.stock().print(START).print("""
                E (200) WebSocket: WebSocket handshake failed
                E (200) WS: Failed to connect to websocket server, code=0
                E (200) Application: Failed to connect to websocket server
                """);
        assertThat(console.refusal().code()).isEqualTo("0");
    }

    @Test
    void refusesByTheStateWhereNoLineGivesUp() {
        Console console = Console.stock().print(START).print("""
                E (200) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7780
                I (200) StateMachine: State: connecting -> idle
                """);
        assertThat(console.refusal().reason()).isEqualTo(FailureReason.PEER_ALERT);
        assertThat(console.kinds()).containsExactly("state-changed", "attempt-started", "refused", "state-changed");
    }

    @Test
    void readsTheNumberOfAnAlertWhereMbedtlsPrintsIt() {
        Console console = Console.stock().print(START).print("""
                I (190) mbedtls: ssl_msg.c:5034 is a fatal alert message (msg 70)
                E (200) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7780
                E (200) WS: Failed to connect to websocket server, code=32794
                """);
        assertThat(console.refusal().reason()).isEqualTo(FailureReason.PROTOCOL_VERSION);
        assertThat(console.refusal().alertReceived()).isEqualTo(70);
    }

    @Test
    void otherConnectionsLeaveNoTrace() {
        Console console = Console.stock()
                .print("""
                E (50) esp-tls: couldn't get hostname for :ota.test: getaddrinfo() returns 202, addrinfo=0x0
                E (50) Ota: Failed to open HTTP connection, code=0x8001
                """)
                .print(START)
                .print("E (200) WS: Failed to connect to websocket server, code=111");
        assertThat(console.refusal().reason()).isEqualTo(FailureReason.CONNECTION_LOST);
        assertThat(console.refusal().code()).isEqualTo("0x6f");
    }

    @Test
    void tellsALossFromAnEnd() {
        Console lost = Console.stock().print(ONLINE).print("""
                E (900) EspSsl: SSL receive failed: -80
                I (900) WS: Websocket disconnected
                """);
        assertThat(lost.all(DeviceEvent.Offline.class))
                .containsExactly(new DeviceEvent.Offline(FailureReason.CONNECTION_LOST, "-0x0050"));
        Console ended = Console.stock().print(ONLINE).print("I (900) WS: Websocket disconnected");
        assertThat(ended.all(DeviceEvent.Offline.class))
                .containsExactly(new DeviceEvent.Offline(FailureReason.CLOSED_BY_SERVER, null));
    }

    @Test
    void troubleThatWasSurvivedIsForgotten() {
        Console console = Console.stock()
                .print(ONLINE)
                .print("E (900) EspSsl: SSL receive failed: -80")
                .wait(Duration.ofMinutes(1))
                .print("I (60900) WS: Websocket disconnected");
        assertThat(console.all(DeviceEvent.Offline.class))
                .containsExactly(new DeviceEvent.Offline(FailureReason.CLOSED_BY_SERVER, null));
    }

    @Test
    void aNewAttemptOnAnOpenChannelMeansItWasClosedInSilence() {
        Console console = Console.stock().print(ONLINE).print(START);
        assertThat(console.kinds())
                .containsExactly(
                        "state-changed",
                        "attempt-started",
                        "online",
                        "state-changed",
                        "offline",
                        "state-changed",
                        "attempt-started");
    }

    @Test
    void aResetEndsAnAttempt() {
        Console console =
                Console.stock().print(START).wait(Duration.ofSeconds(1)).print("""
                ets Jul 29 2019 12:21:46

                rst:0x7 (TG0WDT_SYS_RESET),boot:0x12 (SPI_FAST_FLASH_BOOT)
                I (12) cpu_start: Pro cpu up.
                """);
        assertThat(console.refusal().reason()).isEqualTo(FailureReason.CONNECTION_LOST);
        assertThat(console.refusal().phase()).isEqualTo(Phase.DNS);
        assertThat(console.refusal().elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(console.kinds()).containsExactly("state-changed", "attempt-started", "refused", "state-changed");
    }

    @Test
    void aResetEndsATurnAndItsChannel() {
        Console console = Console.stock().print(ONLINE).print("""
                I (500) Application: >> hello
                ets Jul 29 2019 12:21:46
                """);
        assertThat(console.kinds()).endsWith("message-received", "turn-failed", "offline", "state-changed");
        assertThat(console.translator.isOnline()).isFalse();
    }

    @Test
    void theHarnessMaySayWhyEverythingEnded() {
        Console console = Console.stock().print(ONLINE).end(FailureReason.CLOSED_BY_USER);
        assertThat(console.all(DeviceEvent.Offline.class))
                .containsExactly(new DeviceEvent.Offline(FailureReason.CLOSED_BY_USER, null));
        console.print("ets Jul 29 2019 12:21:46");
        assertThat(console.all(DeviceEvent.Offline.class)).hasSize(1);
    }

    @Test
    void aTurnCountsFromListening() {
        Console console = Console.stock()
                .print(ONLINE)
                .wait(Duration.ofSeconds(2))
                .print("I (2400) StateMachine: State: listening -> speaking")
                .wait(Duration.ofSeconds(3))
                .print("I (5400) StateMachine: State: speaking -> listening");
        assertThat(console.all(DeviceEvent.TurnCompleted.class))
                .singleElement()
                .satisfies(turn -> assertThat(turn.outcome().elapsed()).isEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void aBootGoesThroughItsStates() {
        Console console = Console.stock().print("""
                I (10) StateMachine: State: unknown -> starting
                I (20) StateMachine: State: starting -> activating
                I (30) StateMachine: State: activating -> idle
                """);
        assertThat(console.all(DeviceEvent.StateChanged.class))
                .extracting(DeviceEvent.StateChanged::to)
                .containsExactly(DeviceState.ACTIVATING, DeviceState.IDLE);
    }

    @Test
    void statesTheVocabularyDoesNotHaveArePassedOver() {
        Console console = Console.stock().print("""
                I (10) StateMachine: State: unknown -> configuring
                I (20) StateMachine: State: configuring -> audio_testing
                """);
        assertThat(console.kinds()).isEmpty();
    }
}
