package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway.Client;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of clients that never get as far as a request. */
class FirstContactTest {
    static Stream<Arguments> strangers() {
        return Stream.of(
                // TPKT 03 00 002F, X.224 length 2A, type E0 (connection request), 5 bytes 0, cookie, negotiation
                // request.
                Arguments.of(
                        concat("0300002f2ae00000000000", "Cookie: mstshash=Administr\r\n", "0100080003000000"),
                        RefusalReason.RDP_SCAN,
                        "mstshash=Administr"),
                // TLS record 16, version 03 01, length 00C8, handshake 01 (ClientHello).
                Arguments.of(concat("16030100c801", "", ""), RefusalReason.TLS_ON_PLAIN, "\\x16\\x03\\x01"),
                Arguments.of(concat("", "SSH-2.0-Go\r\n", ""), RefusalReason.SSH_SCAN, "SSH-2.0-Go"),
                // NetBIOS session message, length 0x54, then FF 'SMB' (SMB1) or FE 'SMB' (SMB2).
                Arguments.of(concat("00000054ff534d4272", "", ""), RefusalReason.SMB_SCAN, "SMBr"),
                Arguments.of(concat("00000054fe534d4240", "", ""), RefusalReason.SMB_SCAN, "SMB@"),
                Arguments.of(
                        concat("", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
                        RefusalReason.HTTP2_PREFACE,
                        "PRI * HTTP/2.0"),
                Arguments.of(
                        concat("", "PROXY TCP4 203.0.113.9 192.0.2.1 40000 443\r\nGET / HTTP/1.1\r\n", ""),
                        RefusalReason.PROXY_PROTOCOL,
                        "PROXY TCP4 203.0.113.9"),
                Arguments.of(concat("", "HELO there\r\n", ""), RefusalReason.NOT_HTTP, "HELO there"),
                Arguments.of(concat("deadbeef", "", ""), RefusalReason.NOT_HTTP, "\\xde\\xad\\xbe\\xef"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("strangers")
    void closesOnStrangersWithoutAByte(byte[] bytes, RefusalReason reason, String firstBytes) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client = gateway.connect().send(bytes);

            assertThat(client.bytes()).isEmpty();
            assertThat(client.closed()).isTrue();
            Refusal refusal =
                    gateway.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.firstBytes()).contains(firstBytes);
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("strangers")
    void recognisesStrangersWhoComeByteByByte(byte[] bytes, RefusalReason reason, String firstBytes) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client = gateway.connect();
            for (byte one : bytes) {
                client.send(new byte[] {one});
            }
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .refusal()
                            .reason())
                    .isEqualTo(reason);
            assertThat(firstBytes).isNotEmpty();
        }
    }

    @Test
    void namesAProxyHeaderOfVersion2AndDoesNotWaitBehindBlankLines() {
        // The signature, version 2 and command PROXY, IPv4 over TCP, 12 bytes of addresses.
        byte[] header = concat("0d0a0d0a000d0a515549540a2111000c", "", "");
        assertThat(reasonFor(header)).isEqualTo(RefusalReason.PROXY_PROTOCOL);
        assertThat(reasonFor(concat("0d0a0d0a", "", ""))).isEqualTo(RefusalReason.NOT_HTTP);
    }

    private static RefusalReason reasonFor(byte[] bytes) {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            gateway.connect().send(bytes);
            return gateway.events()
                    .only(GatewayEvent.HandshakeRefused.class)
                    .refusal()
                    .reason();
        }
    }

    @Test
    void upgradesADeviceWhoseRequestComesByteByByte() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client = gateway.connect();
            for (byte one : Requests.upgrade().text().getBytes(StandardCharsets.US_ASCII)) {
                client.send(new byte[] {one});
            }
            assertThat(client.text()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void closesASilentClientAtTheFirstByteDeadline() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client = gateway.connect();
            gateway.advance(Duration.ofMillis(4_999));
            assertThat(client.closed()).isFalse();
            gateway.advance(Duration.ofMillis(1));
            assertThat(client.closed()).isTrue();
            Refusal refusal =
                    gateway.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(RefusalReason.SILENCE);
            assertThat(refusal.elapsed()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void aGatewayThatWasHeldUpReadsBeforeItFindsAClientSilent() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client device = gateway.connect();
            Client silent = gateway.connect();
            gateway.holdUp(Duration.ofSeconds(7));
            assertThat(device.send(Requests.upgrade().text()).text()).startsWith("HTTP/1.1 101 ");
            gateway.advance(Duration.ofMillis(1));
            assertThat(silent.closed()).isTrue();
            assertThat(gateway.events()
                            .only(GatewayEvent.HandshakeRefused.class)
                            .refusal()
                            .reason())
                    .isEqualTo(RefusalReason.SILENCE);
        }
    }

    @Test
    void closesASlowDripAtTheRequestDeadlineHoweverLongItGoesOn() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client client = gateway.connect();
            for (byte one : "GET /xiaozhi/v1/ HTTP/1.1".getBytes(StandardCharsets.US_ASCII)) {
                client.send(new byte[] {one});
                gateway.advance(Duration.ofSeconds(1));
            }
            assertThat(client.closed()).isTrue();
            Refusal refusal =
                    gateway.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(RefusalReason.SLOW_REQUEST);
            assertThat(refusal.elapsed()).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void recordsAClientThatLeavesBeforeItsRequestIsWhole() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            gateway.connect().leave();
            gateway.connect().send("GET /xiaozhi/v1/ HT").leave();
            assertThat(gateway.events().of(GatewayEvent.HandshakeRefused.class))
                    .extracting(event -> event.refusal().reason())
                    .containsExactly(RefusalReason.EOF, RefusalReason.EOF);
        }
    }

    @Test
    void anExceptionEndsItsOwnConnectionAndNoOther() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client good = gateway.connect().send(Requests.upgrade().text());
            Client broken = gateway.connect();
            broken.breakWith(new IllegalStateException("boom"));

            assertThat(broken.closed()).isTrue();
            assertThat(good.closed()).isFalse();
            Refusal refusal =
                    gateway.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(RefusalReason.INTERNAL_ERROR);
            assertThat(refusal.detail()).contains("boom");
        }
    }

    private static byte[] concat(String hexBefore, String text, String hexAfter) {
        String hex = hexBefore + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)) + hexAfter;
        return HexFormat.of().parseHex(hex);
    }
}
