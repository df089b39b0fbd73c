package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.server.Frames.Frame;
import io.fieldloop.server.FrozenGateway.Client;
import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.AcceptFault;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultPlace;
import io.fieldloop.server.fault.HelloFault;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.UpgradeFault;
import io.fieldloop.server.fault.UpgradeFault.HeaderCase.Style;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault of the catalogue, as seen from the device; the TLS ones are tested where TLS is. */
class FaultsTest {
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void appliesToTheConnectionsInItsRangeAndSaysSo() {
        Fault second = new Fault(new UpgradeFault.OmitAccept(), 2, 2);
        try (FrozenGateway gateway = new FrozenGateway(config -> config.fault(second))) {
            assertThat(upgrade(gateway).text()).contains(ACCEPT);
            assertThat(upgrade(gateway).text()).startsWith("HTTP/1.1 101").doesNotContain("Accept");
            assertThat(upgrade(gateway).text()).contains(ACCEPT);
            GatewayEvent.FaultApplied applied = gateway.events().only(GatewayEvent.FaultApplied.class);
            assertThat(applied.connection()).isEqualTo(new ConnectionId(2));
            assertThat(applied.attributes())
                    .containsEntry("fault", "omit-accept")
                    .containsEntry("phase", "upgrade-response");
        }
    }

    @Test
    void bendsTheAnswerToTheUpgrade() {
        assertThat(answer(new UpgradeFault.WrongAccept()))
                .contains("Sec-WebSocket-Accept: ")
                .doesNotContain(ACCEPT);
        assertThat(answer(new UpgradeFault.AnswerHttp10())).startsWith("HTTP/1.0 101 ");
        assertThat(answer(new UpgradeFault.HeaderCase(Style.LOWER))).contains("\r\nsec-websocket-accept: " + ACCEPT);
        assertThat(answer(new UpgradeFault.HeaderCase(Style.UPPER))).contains("\r\nSEC-WEBSOCKET-ACCEPT: " + ACCEPT);
        assertThat(answer(new UpgradeFault.HeaderCase(Style.SEC_WEBSOCKET_LOWER)))
                .contains("\r\nSec-Websocket-Accept: " + ACCEPT);
        assertThat(answer(new UpgradeFault.RawResponse("HTTP/1.1 101 X\r\nA:   {accept}\r\n\r\n")))
                .isEqualTo("HTTP/1.1 101 X\r\nA:   " + ACCEPT + "\r\n\r\n");
    }

    @Test
    void answersSomethingElseAndClosesWithoutASession() {
        assertRefusedWith(new UpgradeFault.AnswerStatus(503, "later"), "HTTP/1.1 503 ", "\r\n\r\nlater");
        assertRefusedWith(new UpgradeFault.AnswerStatus(403, null), "HTTP/1.1 403 ", "\r\n\r\n");
        assertRefusedWith(
                new UpgradeFault.Redirect("wss://gateway.test/xiaozhi/v1/", 301),
                "HTTP/1.1 301 ",
                "\r\nLocation: wss://gateway.test/xiaozhi/v1/\r\n\r\n");
        assertRefusedWith(new UpgradeFault.DropUpgradeHeaders(), "HTTP/1.1 200 ", "\r\n\r\nOK\n");
        assertRefusedWith(new UpgradeFault.CloseBeforeResponse(), "", "");
        assertRefusedWith(new UpgradeFault.ResetBeforeResponse(), "", "");
    }

    @Test
    void splitsTheAnswerAndBeginsTheSessionAfterItsLastByte() {
        try (FrozenGateway gateway = faulty(new UpgradeFault.SplitResponse(40, SECOND))) {
            Client client = upgrade(gateway);
            assertThat(client.writes()).containsExactly(40);
            assertThat(gateway.events().kinds()).doesNotContain("upgraded");
            gateway.advance(SECOND.multipliedBy(3));
            assertThat(client.writes()).containsExactly(40, 40, 9);
            assertThat(gateway.events().kinds()).contains("upgraded");
        }
    }

    @Test
    void delaysOrWithholdsTheAnswer() {
        try (FrozenGateway gateway = faulty(new UpgradeFault.DelayResponse(Duration.ofSeconds(9)))) {
            Client client = upgrade(gateway);
            gateway.advance(Duration.ofSeconds(8));
            assertThat(client.bytes()).isEmpty();
            gateway.advance(SECOND);
            assertThat(client.text()).startsWith("HTTP/1.1 101 ");
        }
        try (FrozenGateway gateway = faulty(new UpgradeFault.StallResponse())) {
            Client client = upgrade(gateway);
            gateway.advance(Duration.ofMinutes(10));
            assertThat(client.bytes()).isEmpty();
            assertThat(client.closed()).isFalse();
        }
    }

    @Test
    void putsTheHelloIntoTheWriteOfTheAnswer() {
        try (FrozenGateway gateway = faulty(new UpgradeFault.FirstFrameWithResponse())) {
            Client client = upgrade(gateway);
            List<Integer> writes = client.writes();
            assertThat(writes).hasSize(1);
            assertThat(gateway.events().kinds()).contains("hello-sent");
        }
    }

    @Test
    void bendsTheHello() {
        try (FrozenGateway gateway = faulty(new HelloFault.DelayHello(Duration.ofMillis(10_100)))) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(1));
            gateway.advance(Duration.ofMillis(10_099));
            assertThat(device.frames()).isEmpty();
            gateway.advance(Duration.ofMillis(1));
            assertThat(device.nextMessage().path("type").asText()).isEqualTo("hello");
        }
        try (FrozenGateway gateway = faulty(new HelloFault.OmitHello())) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(Duration.ofSeconds(60));
            assertThat(device.frames()).isEmpty();
        }
        try (FrozenGateway gateway = faulty(new HelloFault.HelloTransport("udp"))) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(1));
            assertThat(device.nextMessage().path("transport").asText()).isEqualTo("udp");
        }
        try (FrozenGateway gateway = faulty(new HelloFault.HelloTransport(null))) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(1));
            assertThat(device.nextMessage().has("transport")).isFalse();
        }
        try (FrozenGateway gateway = faulty(new HelloFault.HelloGarbage("{broken"))) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send(FrozenDevice.hello(1));
            assertThat(new String(device.frames().get(0).payload(), StandardCharsets.UTF_8))
                    .isEqualTo("{broken");
        }
        try (FrozenGateway gateway = faulty(new HelloFault.UnpromptedHello())) {
            FrozenDevice device = new FrozenDevice(gateway);
            assertThat(device.nextMessage().path("type").asText()).isEqualTo("hello");
            device.send(FrozenDevice.hello(1));
            assertThat(device.frames()).isEmpty();
        }
    }

    @Test
    void endsSessionsInEachWay() {
        try (FrozenGateway gateway = faulty(new SessionFault.CloseSession(1011, SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.closeCode()).isEqualTo(1011);
        }
        try (FrozenGateway gateway = faulty(new SessionFault.DropSession(SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.frames()).isEmpty();
            assertThat(device.closed()).isTrue();
            assertThat(device.reset()).isFalse();
        }
        try (FrozenGateway gateway = faulty(new SessionFault.ResetSession(SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.reset()).isTrue();
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.FAULT);
        }
    }

    @Test
    void failsAsADefectOfItsOwnWould() {
        try (FrozenGateway gateway = faulty(new UpgradeFault.ThrowBeforeResponse())) {
            assertThat(upgrade(gateway).text()).startsWith("HTTP/1.1 500 ").contains("internal-error");
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .attributes())
                    .containsEntry("reason", "internal-error");
        }
        try (FrozenGateway gateway = faulty(new SessionFault.ThrowInSession(SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.frames()).extracting(Frame::opcode).containsExactly(8);
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.INTERNAL_ERROR);
        }
    }

    @Test
    void dropsASessionInWhichNothingPasses() {
        Duration minute = Duration.ofMinutes(1);
        try (FrozenGateway gateway = faulty(new SessionFault.DropWhenQuiet(minute))) {
            FrozenDevice device = new FrozenDevice(gateway);
            gateway.advance(Duration.ofSeconds(9));
            device.send(FrozenDevice.hello(1));
            gateway.advance(Duration.ofSeconds(59));
            assertThat(device.closed()).isFalse();
            gateway.advance(SECOND);
            assertThat(device.closed()).isTrue();
        }
    }

    /** A front counts what passes in either direction: 0x9 is a ping, 0xA a pong, 0x2 audio. */
    @ParameterizedTest
    @ValueSource(ints = {0x9, 0xA, 0x2})
    void keepsASessionInWhichOnlyTheDeviceTalks(int opcode) {
        Duration minute = Duration.ofMinutes(1);
        try (FrozenGateway gateway = faulty(new SessionFault.DropWhenQuiet(minute), new SessionFault.IgnorePings())) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(Duration.ofSeconds(50));
            device.sendFrame(opcode, new byte[] {1});
            gateway.advance(Duration.ofSeconds(59));
            assertThat(device.closed()).isFalse();
            gateway.advance(SECOND);
            assertThat(device.closed()).isTrue();
        }
    }

    @Test
    void sendsWhatNoGatewaySends() {
        try (FrozenGateway gateway = faulty(new SessionFault.SendText("{}", SECOND, 3, SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.frames()).hasSize(1);
            gateway.advance(SECOND.multipliedBy(5));
            assertThat(device.frames()).extracting(Frame::opcode).containsExactly(1, 1);
        }
        try (FrozenGateway gateway = faulty(new SessionFault.SendBytes("8B 00", SECOND, 1, Duration.ZERO))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.frames()).extracting(Frame::opcode).containsExactly(11);
        }
        try (FrozenGateway gateway = faulty(new SessionFault.SendLargeText(20_000, SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.frames().get(0).payload()).hasSize(20_000);
        }
        assertThatThrownBy(() -> new SessionFault.SendBytes("8B0", SECOND, 1, SECOND))
                .hasMessage("hex must be pairs of hex digits such as 81 02 68 69");
    }

    @Test
    void actsInOnePlaceAsOftenAsAsked() {
        Duration later = SECOND.multipliedBy(2);
        try (FrozenGateway gateway =
                faulty(new SessionFault.SendLargeText(20_000, SECOND), new SessionFault.SendLargeText(300, later))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(later);
            assertThat(device.frames())
                    .extracting(frame -> frame.payload().length)
                    .containsExactly(20_000, 300);
        }
        try (FrozenGateway gateway =
                faulty(new UpgradeFault.DelayResponse(SECOND), new UpgradeFault.CloseBeforeResponse())) {
            Client client = upgrade(gateway);
            assertThat(client.closed()).isFalse();
            gateway.advance(SECOND);
            assertThat(client.closed()).isTrue();
            assertThat(client.bytes()).isEmpty();
        }
        try (FrozenGateway gateway = faulty(
                new UpgradeFault.HeaderCase(Style.UPPER),
                new UpgradeFault.WrongAccept(),
                new UpgradeFault.AnswerHttp10())) {
            assertThat(upgrade(gateway).text())
                    .startsWith("HTTP/1.0 101 ")
                    .contains("\r\nSEC-WEBSOCKET-ACCEPT: ")
                    .doesNotContain(ACCEPT);
        }
    }

    /** Whatever two faults of one phase are not refused together, both report that they acted. */
    @Test
    void neverDropsOneOfTwoThatItTakes() {
        List<FaultAction> samples = samples();
        int pairs = 0;
        for (FaultAction one : samples) {
            for (FaultAction other : samples) {
                if (one != other && one.phase() == other.phase() && canBothAct(one, other)) {
                    assertBothAct(one, other);
                    pairs++;
                }
            }
        }
        assertThat(pairs).isGreaterThan(80);
    }

    @Test
    void refusesAConfigurationInWhichOneCouldNotAct() {
        assertThatThrownBy(() -> faulty(new HelloFault.OmitHello(), new HelloFault.DelayHello(SECOND)))
                .isInstanceOf(GatewayConfigException.class)
                .hasMessage("The gateway's faults cannot all act: omit-hello and delay-hello on one connection: both"
                        + " decide when the hello is sent; leave one out or give them different connections.");
    }

    @Test
    void fillsAnAnswerUpAndLetsInterimAnswersGoAhead() {
        assertThat(answer(new UpgradeFault.RawResponse("HTTP/1.1 101 X\r\nA: {pad:900}\r\n\r\n")))
                .isEqualTo("HTTP/1.1 101 X\r\nA: " + "x".repeat(900) + "\r\n\r\n");
        assertThat(answer(new UpgradeFault.RawResponse("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 X\r\n\r\n")))
                .endsWith("101 X\r\n\r\n");
    }

    @Test
    void isDeafToPingsOrStopsReading() {
        try (FrozenGateway gateway = faulty(new SessionFault.IgnorePings())) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.sendFrame(9, new byte[] {1});
            assertThat(device.frames().stream().map(Frame::opcode)).isEmpty();
        }
        try (FrozenGateway gateway = faulty(new SessionFault.PauseReading(SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            gateway.advance(SECOND);
            assertThat(device.readsOn()).isFalse();
        }
    }

    @Test
    void takesNoSilenceForTheEndOfAnUtteranceThatItReadsNoMoreOf() {
        try (FrozenGateway gateway = faulty(new SessionFault.PauseReading(SECOND))) {
            FrozenDevice device = FrozenDevice.greeted(gateway);
            device.listen("start", "auto");
            device.sendBinary(new byte[40]);
            gateway.advance(Duration.ofMillis(500));
            device.sendBinary(new byte[40]);
            gateway.advance(Duration.ofMillis(500));
            assertThat(device.readsOn()).isFalse();
            gateway.advance(Duration.ofMinutes(1));
            assertThat(device.frames()).isEmpty();
        }
    }

    @Test
    void actsOnTheConnectionItself() {
        try (FrozenGateway gateway = faulty(new AcceptFault.RefuseConnection())) {
            assertThat(gateway.connect().reset()).isTrue();
        }
        try (FrozenGateway gateway = faulty(new AcceptFault.StallConnection())) {
            Client client = gateway.connect();
            gateway.advance(Duration.ofMinutes(5));
            assertThat(client.readsOn()).isFalse();
            assertThat(client.closed()).isFalse();
        }
        try (FrozenGateway gateway = faulty(new AcceptFault.ResetAfterBytes(30))) {
            Client client = upgrade(gateway);
            assertThat(client.bytes()).hasSize(30);
            assertThat(client.reset()).isTrue();
        }
        try (FrozenGateway gateway = faulty(new AcceptFault.CloseAfterBytes(30))) {
            Client client = upgrade(gateway);
            assertThat(client.bytes()).hasSize(30);
            assertThat(client.closed()).isTrue();
            assertThat(client.reset()).isFalse();
        }
    }

    private static void assertRefusedWith(FaultAction fault, String start, String end) {
        try (FrozenGateway gateway = faulty(fault)) {
            Client client = upgrade(gateway);
            assertThat(client.text()).startsWith(start).endsWith(end);
            assertThat(client.closed()).isTrue();
            assertThat(gateway.events().kinds()).containsExactly("connection-opened", "fault-applied");
        }
    }

    private static String answer(FaultAction fault) {
        try (FrozenGateway gateway = faulty(fault)) {
            String answer = upgrade(gateway).text();
            assertThat(gateway.events().kinds()).containsExactly("connection-opened", "fault-applied", "upgraded");
            return answer;
        }
    }

    private static FrozenGateway faulty(FaultAction... faults) {
        return new FrozenGateway(config -> {
            Stream.of(faults).map(Fault::always).forEach(config::fault);
            return config;
        });
    }

    private static boolean canBothAct(FaultAction one, FaultAction other) {
        try {
            FaultPlace.requireAllCanAct(List.of(Fault.always(one), Fault.always(other)));
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static void assertBothAct(FaultAction one, FaultAction other) {
        try (FrozenGateway gateway = faulty(one, other)) {
            Client client = upgrade(gateway);
            gateway.advance(SECOND.multipliedBy(5));
            client.send(Frames.masked(1, FrozenDevice.hello(1).getBytes(StandardCharsets.UTF_8)));
            client.send(Frames.masked(9, new byte[] {1}));
            gateway.advance(SECOND.multipliedBy(50));
            assertThat(gateway.events().of(GatewayEvent.FaultApplied.class))
                    .extracting(applied -> applied.attributes().get("fault"))
                    .as("%s and %s", one, other)
                    .contains(one.wireName(), other.wireName());
        }
    }

    /** Sessions end after everything else that was asked of them. */
    private static List<FaultAction> samples() {
        Duration late = SECOND.multipliedBy(40);
        return List.of(
                new UpgradeFault.AnswerStatus(403, null),
                new UpgradeFault.Redirect("wss://gateway.test/", 301),
                new UpgradeFault.HeaderCase(Style.LOWER),
                new UpgradeFault.OmitAccept(),
                new UpgradeFault.WrongAccept(),
                new UpgradeFault.AnswerHttp10(),
                new UpgradeFault.DropUpgradeHeaders(),
                new UpgradeFault.SplitResponse(40, SECOND),
                new UpgradeFault.ThrowBeforeResponse(),
                new UpgradeFault.StallResponse(),
                new UpgradeFault.DelayResponse(SECOND),
                new UpgradeFault.CloseBeforeResponse(),
                new UpgradeFault.ResetBeforeResponse(),
                new UpgradeFault.FirstFrameWithResponse(),
                new UpgradeFault.RawResponse("HTTP/1.1 101 X\r\n\r\n"),
                new HelloFault.DelayHello(SECOND),
                new HelloFault.OmitHello(),
                new HelloFault.HelloTransport(null),
                new HelloFault.HelloGarbage("{}"),
                new HelloFault.UnpromptedHello(),
                new SessionFault.CloseSession(1000, late),
                new SessionFault.DropSession(late),
                new SessionFault.ResetSession(late),
                new SessionFault.TruncateSession(late),
                new SessionFault.ThrowInSession(late),
                new SessionFault.DropWhenQuiet(SECOND.multipliedBy(20)),
                new SessionFault.IgnorePings(),
                new SessionFault.PauseReading(SECOND.multipliedBy(9)),
                new SessionFault.SendText("{}", SECOND, 1, SECOND),
                new SessionFault.SendBytes("8a 00", SECOND, 1, SECOND),
                new SessionFault.SendLargeText(200, SECOND));
    }

    private static Client upgrade(FrozenGateway gateway) {
        return gateway.connect().send(Requests.upgrade().text());
    }
}
