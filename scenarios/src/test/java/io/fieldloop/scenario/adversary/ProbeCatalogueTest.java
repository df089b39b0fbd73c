package io.fieldloop.scenario.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

class ProbeCatalogueTest {
    private final ProbeCatalogue catalogue = ProbeCatalogue.bundled();

    @Test
    void everyProbeSaysWhomItImitatesAndOnWhatAuthority() {
        assertThat(catalogue.probes()).hasSizeGreaterThanOrEqualTo(50);
        assertThat(catalogue.probes().values()).allSatisfy(probe -> {
            assertThat(probe.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(probe.imitates()).hasSizeGreaterThan(10);
            assertThat(probe.source())
                    .matches("(?s).*(RFC|MS-|CVE-|CWE-|http|reference|srv/|assumed|Captured|[Ss]pecification"
                            + "|protocol|MQTT).*");
            assertThat(probe.listeners()).isNotEmpty().isSubsetOf("ws", "wss", "mqtt", "mqtts", "ota", "udp");
        });
    }

    @Test
    void everyProbeRendersTheSameBytesForTheSameSeedAndEndsItsConnection() {
        assertThat(catalogue.probes().values()).allSatisfy(probe -> {
            assertThat(bytesOf(probe, 7)).isEqualTo(bytesOf(probe, 7));
            ProbeStep last = probe.steps().get(probe.steps().size() - 1);
            assertThat(last)
                    .isInstanceOfAny(ProbeStep.Close.class, ProbeStep.Reset.class, ProbeStep.ExpectsClose.class);
            assertThat(new String(bytesOf(probe, 7), StandardCharsets.ISO_8859_1))
                    .doesNotContain("${host}", "${path}", "${letters}");
        });
    }

    @Test
    void holdsTheNamesThatScenariosUse() {
        assertThat(catalogue.names())
                .contains(
                        "rdp-mstshash", "tls-client-hello", "ssh-banner", "smb-negotiate", "smb2-negotiate", "http-get")
                .contains("http-post", "http-options", "http10", "http-wrong-path-upgrade", "connect-only")
                .contains(
                        "connect-and-close", "connect-and-reset", "slow-drip", "slow-headers", "garbage", "null-bytes")
                .contains("long-line", "many-headers", "http2-preface", "absolute-uri", "connect-method", "sip-options")
                .contains("redis-ping", "mqtt-connect", "socks5", "rtsp-options", "jdwp", "mysql")
                .contains("wrong-path", "malformed-upgrade", "internet-background", "targeted-scan", "upgrade-flood");
    }

    @Test
    void theRdpProbeIsTheFortySevenBytesOfTheFieldReport() {
        byte[] bytes = bytesOf("rdp-mstshash");
        assertThat(bytes).hasSize(47).startsWith(HexFormat.of().parseHex("0300002f2ae00000000000"));
        assertThat(bytes[3]).as("the TPKT length is the length").isEqualTo((byte) bytes.length);
        assertThat(new String(bytes, 11, 28, StandardCharsets.US_ASCII)).isEqualTo("Cookie: mstshash=Administr\r\n");
        assertThat(bytes).endsWith(HexFormat.of().parseHex("0100080003000000"));
    }

    @Test
    void clientHellosAreWholeTlsRecords() {
        assertThat(catalogue.names().stream().filter(name -> name.matches("tls.*-client-hello.*")))
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(name -> {
                    byte[] bytes = bytesOf(name);
                    // Record header: handshake (22), version, length; handshake header: client_hello (1), length.
                    assertThat(bytes[0]).isEqualTo((byte) 22);
                    assertThat(((bytes[3] & 0xFF) << 8) + (bytes[4] & 0xFF)).isEqualTo(bytes.length - 5);
                    assertThat(bytes[5]).isEqualTo((byte) 1);
                    assertThat(((bytes[7] & 0xFF) << 8) + (bytes[8] & 0xFF)).isEqualTo(bytes.length - 9);
                });
    }

    @Test
    void lengthFieldsOfBinaryProbesAreRight() {
        // NetBIOS session and direct TCP headers carry a 24 bit length after a zero byte.
        assertThat(List.of("smb-negotiate", "smb2-negotiate")).allSatisfy(name -> {
            byte[] bytes = bytesOf(name);
            assertThat(bytes[3] & 0xFF).isEqualTo(bytes.length - 4);
        });
        assertThat(bytesOf("mysql")[0] & 0xFF).isEqualTo(bytesOf("mysql").length - 4);
        assertThat(bytesOf("mqtt-connect")[1] & 0xFF).isEqualTo(bytesOf("mqtt-connect").length - 2);
        assertThat(bytesOf("mongodb-hello")[0] & 0xFF).isEqualTo(bytesOf("mongodb-hello").length);
        assertThat(bytesOf("dns-version")[1] & 0xFF).isEqualTo(bytesOf("dns-version").length - 2);
        assertThat(bytesOf("ldap-bind")[1] & 0xFF).isEqualTo(bytesOf("ldap-bind").length - 2);
        assertThat(bytesOf("rdp-negotiation")[3] & 0xFF).isEqualTo(bytesOf("rdp-negotiation").length);
    }

    @Test
    void oversizedProbesExceedTheLimitsTheyAreMeantToExceed() {
        assertThat(textOf("long-line").indexOf("\r\n") + 2).isEqualTo(9_000);
        assertThat(textOf("many-headers").lines().filter(line -> line.contains(": ")))
                .hasSizeGreaterThanOrEqualTo(129);
        assertThat(textOf("many-headers"))
                .contains("X-Filler-1: x\r\n", "X-Filler-129: x\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aMalformedUpgradeDiffersFromTheDevicesRequestInOneThing() {
        List<String> sound = textOf("http-wrong-path-upgrade").lines().skip(1).toList();
        assertThat(headerNames(sound))
                .containsExactly(
                        "Host",
                        "Client-Id",
                        "Connection",
                        "Device-Id",
                        "Protocol-Version",
                        "Sec-WebSocket-Key",
                        "Sec-WebSocket-Version",
                        "Upgrade");
        assertThat(textOf("malformed-upgrade-missing-key")).doesNotContain("Sec-WebSocket-Key");
        assertThat(textOf("malformed-upgrade-duplicate-connection").split("Connection: "))
                .hasSize(3);
        assertThat(textOf("malformed-upgrade-bad-version")).contains("Sec-WebSocket-Version: 8\r\n");
        assertThat(textOf("malformed-upgrade-foreign-origin")).contains("Origin: https://evil.example\r\n");
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        assertThatThrownBy(() -> catalogue.mix("rdp-mstshas", "ws"))
                .isInstanceOf(AdversaryConfigException.class)
                .hasMessage("unknown probe \"rdp-mstshas\", did you mean \"rdp-mstshash\"?");
        assertThatThrownBy(() -> catalogue.mix("sip", "ws"))
                .hasMessage("unknown probe \"sip\", did you mean \"sip-options\"?");
        assertThatThrownBy(() -> catalogue.mix("xyzzy", "ws"))
                .hasMessageStartingWith("unknown probe \"xyzzy\", expected one of rdp-mstshash, ");
    }

    @Test
    void aMixHoldsOnlyWhatMakesSenseAgainstTheListener() {
        assertThat(catalogue.mix("targeted-scan", "ws").members())
                .hasSize(catalogue.mixes().get("targeted-scan").members().size());
        assertThat(catalogue.mix("targeted-scan", "wss").members())
                .isNotEmpty()
                .allMatch(member -> member.probe().listeners().contains("wss"));
        assertThatThrownBy(() -> catalogue.mix("upgrade-flood", "wss"))
                .hasMessageContaining("makes no sense against a wss listener");
    }

    @Test
    void aMistakeInACatalogueIsOneSentenceWithThePlace() {
        assertMistake("probes: { a: { imitates: x, source: y, steps: [ { send: { hex: '0' } } ] } }")
                .isEqualTo("mine.yaml:1:64: probes.a.steps[0].send.hex is \"0\", expected pairs of hexadecimal digits");
        assertMistake("probes: { a: { imitates: x, source: y, steps: [ { sned: b } ] } }")
                .isEqualTo("mine.yaml:1:57: probes.a.steps[0].sned is no known key, expected one of drip, every, "
                        + "expects-close, send, wait");
        assertMistake("probes: { a: { imitates: x, source: y, steps: [ close, close ] } }")
                .isEqualTo(
                        "mine.yaml:1:56: probes.a.steps[1] is \"close\", expected nothing, because the step before ends "
                                + "the connection");
        assertMistake("probes: { a: { imitates: x, steps: [] } }").contains("expected a mapping with \"source\"");
        assertMistake("probes: { a: { imitates: x, source: y, steps: [ { wait: 3 } ] } }")
                .contains("expected a duration such as 500ms, 1s or 2m");
        assertMistake("probes: { a: { imitates: x, source: y, steps: [ { send: '${hsot}' } ] } }")
                .contains("expected text whose ${...} are of [client-id, device-id, host");
        assertMistake("probes: {}\nmixes: { m: { imitates: x, source: y, probes: { a: 1 } } }")
                .isEqualTo("mine.yaml:2:52: mixes.m.probes.a is \"1\", expected the weight of a probe that exists");
        assertMistake("probes: [")
                .startsWith("mine.yaml:1:10: is where a value, or the end of an open { or [, had to come")
                .doesNotContain("\n");
    }

    private static AbstractStringAssert<?> assertMistake(String yaml) {
        AdversaryConfigException mistake =
                catchThrowableOfType(AdversaryConfigException.class, () -> ProbeCatalogue.parse("mine.yaml", yaml));
        return assertThat(mistake.getMessage());
    }

    private static List<String> headerNames(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
    }

    private String textOf(String probe) {
        return new String(bytesOf(probe), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytesOf(String probe) {
        return bytesOf(catalogue.probes().get(probe), 1);
    }

    private static byte[] bytesOf(Probe probe, long seed) {
        ProbeVariables variables = new ProbeVariables("gateway.test", "/xiaozhi/v1/", 0, new SplittableRandom(seed));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ProbeStep step : probe.steps()) {
            if (step instanceof ProbeStep.Send send) {
                send.bytes().writeTo(out, variables);
            } else if (step instanceof ProbeStep.Drip drip) {
                drip.bytes().writeTo(out, variables);
            }
        }
        return out.toByteArray();
    }
}
