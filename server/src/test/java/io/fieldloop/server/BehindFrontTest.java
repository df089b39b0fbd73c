package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway.Client;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose connection it is when a front stands between: what is believed, of whom, and what is held against whom. */
class BehindFrontTest {
    private static final String FRONT = "10.0.0.5";
    private static final String DEVICE = "203.0.113.9";
    private static final String V1 = "PROXY TCP4 " + DEVICE + " 10.0.0.5 40000 443\r\n";

    private static FrozenGateway trusting(UnaryOperator<AdmissionConfig.Builder> more) {
        AdmissionConfig.Builder admission = AdmissionConfig.builder().trustProxies(List.of(Cidr.parse("10.0.0.0/24")));
        return new FrozenGateway(
                config -> config.admission(more.apply(admission).build())
                        .limits(LimitsConfig.builder().connectionsPerSource(2).build()));
    }

    @Test
    void believesAProxyHeaderOfATrustedFront() {
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            String answer =
                    gateway.connect(FRONT).send(V1 + Requests.upgrade().text()).text();
            assertThat(answer).startsWith("HTTP/1.1 101 ");
            assertThat(gateway.events().only(GatewayEvent.SourcePassedOn.class).attributes())
                    .containsEntry("source", DEVICE)
                    .containsEntry("by", "proxy-protocol");
        }
    }

    /** Whole or in two pieces, which are read by different hands. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROXY TCP6 2001:db8::9 2001:db8::1 40000 443 | 2001:db8::9
            PROXY TCP4 203.0.113.9 10.0.0.5 40000 443    | 203.0.113.9
            """)
    void readsALineWholeOrInPieces(String line, String source) {
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            String all = line + "\r\n" + Requests.upgrade().text();
            assertThat(gateway.connect(FRONT).send(all).text()).startsWith("HTTP/1.1 101 ");
            Client inPieces = gateway.connect(FRONT).send(all.substring(0, 20));
            assertThat(inPieces.send(all.substring(20)).text()).startsWith("HTTP/1.1 101 ");
            assertThat(gateway.events().of(GatewayEvent.SourcePassedOn.class))
                    .extracting(event -> event.attributes().get("source"))
                    .containsExactly(source, source);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Signature, version 2 and PROXY; then TCP over IPv6, 36 bytes.
        "2121002420010db800000000000000000000000920010db80000000000000000000000019c4001bb, 2001:db8:0:0:0:0:0:9",
        // TCP over IPv4 and, behind the addresses, a TLV: type NETNS, one byte.
        "21110010cb0071090a0000059c4001bb30000178, 203.0.113.9"
    })
    void readsVersion2OfEitherFamilyAndSkipsWhatIsBehind(String header, String source) {
        byte[] head = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + header);
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            String answer = gateway.connect(FRONT)
                    .send(head)
                    .send(Requests.upgrade().text())
                    .text();
            assertThat(answer).startsWith("HTTP/1.1 101 ");
            assertThat(gateway.events()
                            .only(GatewayEvent.SourcePassedOn.class)
                            .source()
                            .getHostAddress())
                    .isEqualTo(source);
        }
    }

    @Test
    void readsVersion2ByteByByte() {
        // Signature, version 2 and PROXY, TCP over IPv4, 12 bytes: 203.0.113.9, 10.0.0.5, ports 40000 and 443.
        String header = "0d0a0d0a000d0a515549540a" + "2111000c" + "cb007109" + "0a000005" + "9c4001bb";
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            Client client = gateway.connect(FRONT);
            for (byte one : HexFormat.of().parseHex(header)) {
                client.send(new byte[] {one});
            }
            assertThat(client.send(Requests.upgrade().text()).text()).startsWith("HTTP/1.1 101 ");
            assertThat(gateway.events()
                            .only(GatewayEvent.SourcePassedOn.class)
                            .source()
                            .getHostAddress())
                    .isEqualTo(DEVICE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", ""})
    void servesTheFrontItselfWhereItNamesNobody(String header) {
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.connect(FRONT)
                                .send(header + Requests.upgrade().text())
                                .text())
                        .startsWith("HTTP/1.1 101 ");
            }
            assertThat(gateway.events().of(GatewayEvent.SourcePassedOn.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 nowhere\r\n",
                "PROXY TCP4 203.0.113.9 10.0.0.5 40000 443443\r\n",
                "PROXY TCP6 203.0.113.9 10.0.0.5 1 2\r\n"
            })
    void refusesAHeaderItCannotRead(String header) {
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            Client client = gateway.connect(FRONT).send(header);
            assertThat(client.closed()).isTrue();
            Refusal refusal =
                    gateway.events().only(GatewayEvent.HandshakeRefused.class).refusal();
            assertThat(refusal.reason()).isEqualTo(RefusalReason.PROXY_PROTOCOL);
            assertThat(refusal.detail()).isNotEmpty();
            assertThat(refusal.firstBytes()).startsWith(header.strip());
        }
    }

    @Test
    void countsConnectionsAndBansByTheRealSource() {
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            Client first = gateway.connect(FRONT).send(V1 + Requests.upgrade().text());
            gateway.connect(FRONT).send(V1 + Requests.upgrade().text());
            assertThat(gateway.connect(FRONT)
                            .send(V1 + Requests.upgrade().text())
                            .text())
                    .startsWith("HTTP/1.1 429 ")
                    .contains("too-many-connections");
            assertThat(gateway.connect(FRONT)
                            .send(V1.replace(DEVICE, "203.0.113.10")
                                    + Requests.upgrade().text())
                            .text())
                    .startsWith("HTTP/1.1 101 ");
            first.leave();
            assertThat(gateway.connect(FRONT)
                            .send(V1 + Requests.upgrade().text())
                            .text())
                    .startsWith("HTTP/1.1 101 ");
            for (int i = 0; i < 20; i++) {
                gateway.connect(FRONT).send(V1.replace(DEVICE, "198.51.100.1") + "SSH-2.0-Go\r\n");
                gateway.connect(FRONT).send("SSH-2.0-Go\r\n");
            }
            assertThat(gateway.events()
                            .only(GatewayEvent.SourceBanned.class)
                            .source()
                            .getHostAddress())
                    .isEqualTo("198.51.100.1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-For | 203.0.113.9                                  | 203.0.113.9
            X-Forwarded-For | 1.2.3.4, 203.0.113.9                         | 203.0.113.9
            X-Forwarded-For | 203.0.113.9, 10.0.0.7                        | 203.0.113.9
            X-Forwarded-For | 203.0.113.9:4711                             | 203.0.113.9
            X-Forwarded-For | 2001:db8::1                                  | 2001:db8:0:0:0:0:0:1
            Forwarded       | for=203.0.113.9;proto=https                  | 203.0.113.9
            Forwarded       | for=1.2.3.4, For="[2001:db8::1]:4711"        | 2001:db8:0:0:0:0:0:1
            """)
    void believesTheLastWordThatIsNoTrustedFronts(String header, String value, String source) {
        try (FrozenGateway gateway = trusting(admission -> admission.deny(List.of(Cidr.parse("203.0.113.0/24"))))) {
            gateway.connect(FRONT).send(Requests.upgrade().with(header, value).text());
            List<GatewayEvent.SourcePassedOn> passed = gateway.events().of(GatewayEvent.SourcePassedOn.class);
            assertThat(passed.get(passed.size() - 1).source().getHostAddress()).isEqualTo(source);
            assertThat(gateway.events().kinds().contains("handshake-refused")).isEqualTo(source.startsWith("203."));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.7 | X-Forwarded-For | 203.0.113.9     | not-trusted
            192.0.2.7 | Forwarded       | for=203.0.113.9 | not-trusted
            10.0.0.5  | X-Forwarded-For | unknown         | no-address
            10.0.0.5  | Forwarded       | for=_hidden     | no-address
            10.0.0.5  | X-Real-IP       | 203.0.113.9     | not-read
            """)
    void ignoresAndReportsWhatItDoesNotBelieve(String from, String header, String value, String because) {
        try (FrozenGateway gateway = trusting(admission -> admission.deny(List.of(Cidr.parse("203.0.113.0/24"))))) {
            assertThat(gateway.connect(from)
                            .send(Requests.upgrade().with(header, value).text())
                            .text())
                    .startsWith("HTTP/1.1 101 ");
            assertThat(gateway.events()
                            .only(GatewayEvent.ForwardedSourceIgnored.class)
                            .attributes())
                    .containsEntry("source", from)
                    .containsEntry("value", value)
                    .containsEntry("because", because);
            assertThat(gateway.events().kinds()).doesNotContain("source-passed-on");
        }
    }

    /** Behind a front that speaks the PROXY protocol, what the device writes into a header counts for nothing. */
    @Test
    void aDeviceCannotNameAnotherBehindAProxyHeader() {
        try (FrozenGateway gateway = trusting(admission -> admission)) {
            gateway.connect(FRONT)
                    .send(V1
                            + Requests.upgrade()
                                    .with("X-Forwarded-For", "192.0.2.99")
                                    .text());
            assertThat(gateway.events()
                            .only(GatewayEvent.SourcePassedOn.class)
                            .source()
                            .getHostAddress())
                    .isEqualTo(DEVICE);
            assertThat(gateway.events()
                            .only(GatewayEvent.ForwardedSourceIgnored.class)
                            .source()
                            .getHostAddress())
                    .isEqualTo(DEVICE);
        }
    }
}
