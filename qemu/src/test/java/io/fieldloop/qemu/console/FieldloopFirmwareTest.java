package io.fieldloop.qemu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ActivationOutcome;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DatagramRefusal;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.OtaFailure;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.event.UpdateFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The reference firmware says exactly what happened; the stock lines around it add code and text, and report nothing twice. */
class FieldloopFirmwareTest {

    /** Captured from lx60.elf: nobody listens. */
    private static final String REFUSED = """
            I (0) fieldloop: boot count=? reset=power-on board=lx60 version=1.0.0
            I (21) StateMachine: State: unknown -> starting
            I (46) StateMachine: State: starting -> idle
            I (60) fieldloop: ready ip=10.0.2.15 mac=52:54:00:12:34:56
            I (60) StateMachine: State: idle -> connecting
            D (61) fieldloop: attempt started url=ws://10.0.2.2:9/xiaozhi/v1/
            I (61) WS: Connecting to websocket server: ws://10.0.2.2:9/xiaozhi/v1/ with version: 1
            E (68) EspTcp: Failed to connect to 10.0.2.2:9, code=0x6f
            E (72) WebSocket: Failed to connect to server
            E (76) WS: Failed to connect to websocket server, code=111
            W (76) Application: Alert [circle_xmark] Error: Unable to connect to service, please try again later
            D (77) fieldloop: refused reason=tcp-refused phase=tcp elapsed-ms=16
            I (77) fieldloop: heap free=160000 low=160000
            I (78) StateMachine: State: connecting -> idle
            D (78) fieldloop: reconnect scheduled in-ms=2000
            """;

    @Test
    void reportsARefusalOnceWithTheCodeOfTheLinesBefore() {
        Console console = Console.fieldloop().print(REFUSED);
        assertThat(console.kinds())
                .containsExactly(
                        "state-changed",
                        "state-changed",
                        "attempt-started",
                        "refused",
                        "state-changed",
                        "reconnect-scheduled");
        assertThat(console.refusal())
                .isEqualTo(new ConnectOutcome.Failed(
                        FailureReason.TCP_REFUSED,
                        "0x6f",
                        "Failed to connect to 10.0.2.2:9, code=0x6f",
                        Duration.ofMillis(16),
                        Phase.TCP,
                        null,
                        null,
                        null));
    }

    @Test
    void aHelloTimeoutHasNoCodeWhateverWasLostMeanwhile() {
        Console console = Console.fieldloop().print("""
                D (61) fieldloop: attempt started url=ws://10.0.2.2/
                D (65) fieldloop: tcp connected elapsed-ms=4
                D (69) fieldloop: upgraded elapsed-ms=4
                E (900) EspTcp: TCP receive failed: -1
                I (900) WS: Websocket disconnected
                E (10069) WS: Failed to receive server hello
                D (10069) fieldloop: refused reason=hello-timeout phase=hello elapsed-ms=10008
                """);
        assertThat(console.refusal().code()).isNull();
        assertThat(console.kinds()).containsExactly("attempt-started", "tcp-connected", "upgraded", "refused");
    }

    @Test
    void reportsAlertsAndWhatTlsAgreedOn() {
        Console refused = Console.fieldloop().print("""
                D (1) fieldloop: attempt started url=wss://gateway.test/
                D (3) fieldloop: tcp connected elapsed-ms=2
                D (90) fieldloop: tls alert sent level=2 description=48
                E (90) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700
                D (91) fieldloop: refused reason=certificate-untrusted phase=tls elapsed-ms=90 code=-0x2700 flags=0x8
                """);
        assertThat(refused.refusal().alertSent()).isEqualTo(48);
        assertThat(refused.refusal().code()).isEqualTo("-0x2700");
        Console online = Console.fieldloop().print("""
                D (1) fieldloop: attempt started url=wss://gateway.test/
                D (3) fieldloop: tcp connected elapsed-ms=2
                D (220) fieldloop: tls established version=TLSv1.2 suite=TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384 elapsed-ms=212
                D (224) fieldloop: upgraded elapsed-ms=4
                I (235) WS: Session ID: s-1
                D (235) fieldloop: online elapsed-ms=230 connect-ms=3 handshake-ms=216 hello-ms=11 session=s-1
                """);
        assertThat(online.all(DeviceEvent.Online.class))
                .containsExactly(new DeviceEvent.Online(new ConnectOutcome.Online(
                        Duration.ofMillis(230),
                        "s-1",
                        Duration.ofMillis(3),
                        Duration.ofMillis(216),
                        Duration.ofMillis(11))));
        assertThat(online.all(DeviceEvent.TlsEstablished.class).get(0).version())
                .isEqualTo("TLSv1.2");
    }

    @Test
    void reportsAConversation() {
        Console console = Console.fieldloop().print("""
                D (1) fieldloop: attempt started url=ws://gateway.test/
                D (9) fieldloop: online elapsed-ms=8 connect-ms=1 handshake-ms=3 hello-ms=4 session=
                I (20) StateMachine: State: idle -> listening
                D (20) fieldloop: sent type=listen state=start
                D (1500) fieldloop: audio sent frames=25 bytes=3120
                D (1600) fieldloop: received type=tts state=start
                I (1600) StateMachine: State: listening -> speaking
                D (1650) fieldloop: pong sent bytes=4
                D (3000) fieldloop: received type=tts state=stop
                D (3000) fieldloop: audio received frames=30 bytes=3600 dropped=0
                I (3000) StateMachine: State: speaking -> listening
                D (3001) fieldloop: turn completed elapsed-ms=2981 first-audio-ms=180
                D (3500) fieldloop: turn interrupted elapsed-ms=480 speech-cut-ms=1380
                D (4000) fieldloop: turn failed reason=connection-lost elapsed-ms=900
                D (4000) fieldloop: offline reason=connection-lost code=-0x0050
                I (4000) StateMachine: State: listening -> idle
                """);
        assertThat(console.kinds())
                .containsExactly(
                        "attempt-started",
                        "online",
                        "state-changed",
                        "message-sent",
                        "audio-sent",
                        "message-received",
                        "state-changed",
                        "pong-sent",
                        "message-received",
                        "audio-received",
                        "state-changed",
                        "turn-completed",
                        "turn-interrupted",
                        "turn-failed",
                        "offline",
                        "state-changed");
    }

    @Test
    void aRebootEndsWhatWasOpen() {
        Console console = Console.fieldloop().print("""
                D (1) fieldloop: attempt started url=ws://gateway.test/
                D (3) fieldloop: tcp connected elapsed-ms=2
                I (0) fieldloop: boot count=4 reset=task-watchdog board=lx60 version=1.0.0
                """);
        assertThat(console.refusal().reason()).isEqualTo(FailureReason.CONNECTION_LOST);
        assertThat(console.refusal().phase()).isEqualTo(Phase.UPGRADE);
    }

    @Test
    void understandsControls() {
        ConsoleControls controls = ConsoleDictionary.bundled().controls().orElseThrow();
        assertThat(controls.isReady("I (60) fieldloop: ready ip=10.0.2.15 mac=52:54:00:12:34:56"))
                .isTrue();
        assertThat(controls.isReady("I (60) other: ready ip=10.0.2.15")).isFalse();
        assertThat(controls.connect()).isEqualTo("connect");
        assertThat(controls.disconnect()).isEqualTo("disconnect");
        assertThat(controls.talk(Duration.ofMillis(1500))).contains("talk 1500");
        assertThat(controls.interrupt()).contains("abort");
        assertThat(controls.reboot()).contains("reboot");
    }

    @Test
    void tellsWhatBecameOfTheBrokerAndOfVoice() {
        Console console = Console.fieldloop().print("""
                D (1) fieldloop: mqtt refused reason=connect-refused phase=mqtt code=0 status=5
                D (2) fieldloop: mqtt reconnect scheduled in-ms=10000
                D (3) fieldloop: mqtt connected elapsed-ms=71 session-present=0
                D (4) fieldloop: voice keyed server=gateway.test port=8884
                D (5) fieldloop: voice gap packets=4294967289
                D (6) fieldloop: voice refused why=old-sequence sequence=4294967290
                D (7) fieldloop: voice refused why=too-short
                D (8) fieldloop: voice closed sent=25 received=30 lost-ms=60 late-ms=120 duplicates=2 longest-gap-ms=180 jitter-us=1500 mos=3.05
                D (9) fieldloop: mqtt disconnected reason=connection-lost code=0x68
                """);

        assertThat(console.all(DeviceEvent.class))
                .filteredOn(event -> !(event instanceof DeviceEvent.Log))
                .containsExactly(
                        new DeviceEvent.MqttRefused(FailureReason.CONNECT_REFUSED, "0", Phase.MQTT, 5),
                        new DeviceEvent.MqttReconnectScheduled(Duration.ofSeconds(10)),
                        new DeviceEvent.MqttConnected(Duration.ofMillis(71), false),
                        new DeviceEvent.VoiceKeyed("gateway.test", 8884),
                        new DeviceEvent.VoiceGap(4_294_967_289L),
                        new DeviceEvent.VoiceRefused(DatagramRefusal.OLD_SEQUENCE, 4_294_967_290L),
                        new DeviceEvent.VoiceRefused(DatagramRefusal.TOO_SHORT, null),
                        new DeviceEvent.VoiceClosed(
                                25,
                                30,
                                Duration.ofMillis(60),
                                Duration.ofMillis(120),
                                2,
                                Duration.ofMillis(180),
                                Duration.ofNanos(1_500_000),
                                3.05),
                        new DeviceEvent.MqttDisconnected(FailureReason.CONNECTION_LOST, "0x68"));
    }

    @Test
    void tellsWhatBecameOfTheOtaCheckAndOfAnUpdate() {
        Console console = Console.fieldloop().print("""
                D (1) fieldloop: rolled back version=1.0.1
                D (2) fieldloop: firmware started version=1.0.0 partition=ota_0
                D (3) fieldloop: ota check began attempt=1 url=http://gateway.test:8002/xiaozhi/ota/
                D (4) fieldloop: ota check failed why=no-status code=-1 elapsed-ms=30000
                D (5) fieldloop: ota retry scheduled in-ms=10000
                D (6) fieldloop: button pressed
                D (7) fieldloop: clock set time=2026-11-29T20:10:00Z
                D (8) fieldloop: ota checked elapsed-ms=31 offers=websocket+mqtt activation=1 firmware=1.0.1
                D (9) fieldloop: update began version=1.0.1 url=http://gateway.test:8002/a.bin
                D (10) fieldloop: update failed why=read bytes=39322
                D (11) fieldloop: update installed version=1.0.1 partition=ota_1
                D (12) fieldloop: activation shown code=460609
                D (13) fieldloop: activation tried attempt=2 outcome=pending status=202
                D (14) fieldloop: activation tried attempt=3 outcome=no-challenge
                D (15) fieldloop: ota given up attempts=10
                D (16) fieldloop: protocol chosen protocol=mqtt told=0
                D (17) fieldloop: aborted why=ESP_ERROR_CHECK failed: ESP_ERR_NVS_KEY_TOO_LONG
                """);

        assertThat(console.all(DeviceEvent.class))
                .filteredOn(event -> !(event instanceof DeviceEvent.Log))
                .containsExactly(
                        new DeviceEvent.RolledBack("1.0.1"),
                        new DeviceEvent.FirmwareStarted("1.0.0", "ota_0"),
                        new DeviceEvent.OtaCheckBegan("http://gateway.test:8002/xiaozhi/ota/", 1),
                        new DeviceEvent.OtaCheckFailed(OtaFailure.NO_STATUS, -1, Duration.ofSeconds(30)),
                        new DeviceEvent.OtaRetryScheduled(Duration.ofSeconds(10)),
                        new DeviceEvent.ButtonPressed(),
                        new DeviceEvent.ClockSet("2026-11-29T20:10:00Z"),
                        new DeviceEvent.OtaChecked(Duration.ofMillis(31), "websocket+mqtt", "1.0.1", true),
                        new DeviceEvent.UpdateBegan("1.0.1", "http://gateway.test:8002/a.bin"),
                        new DeviceEvent.UpdateFailed(UpdateFailure.READ, 39_322),
                        new DeviceEvent.UpdateInstalled("1.0.1", "ota_1"),
                        new DeviceEvent.ActivationShown("460609"),
                        new DeviceEvent.ActivationTried(2, ActivationOutcome.PENDING, 202),
                        new DeviceEvent.ActivationTried(3, ActivationOutcome.NO_CHALLENGE, null),
                        new DeviceEvent.OtaGivenUp(10),
                        new DeviceEvent.ProtocolChosen("mqtt", false),
                        new DeviceEvent.Aborted("ESP_ERROR_CHECK failed: ESP_ERR_NVS_KEY_TOO_LONG"));
    }
}
