package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a diagnosis says beside its causes: what speaks for them, and what else the packets show. */
final class WhatCapturesTellTest {
    private static final String CONNECT = "\020\015\000\004MQTT\004\002\000\074\000\001a";
    private static final String CONNACK = "\040\002\000\000";

    @TempDir
    private Path folder;

    @Test
    void whichBuildsRefuseTheChainAndWithWhichCode() throws IOException {
        assertThat(said("""
                scenario: A chain with P-384
                gateway: { tls: [TLSv1.2], certificate: { key: rsa-2048, chain: [p384] } }
                devices: { door: {} }
                """))
                .contains("server: a chain of 2 with")
                .contains("a build without P-384 refuses it (-0x3A00)")
                .contains("idf-5.5, idf-6 built with TLS 1.3 refuse an RSA-PSS signature");
        assertThat(said("""
                scenario: A chain that ended, of SHA-1
                gateway: { certificate: { valid: [-90d, -1d], chain: [{ signature: sha1 }] } }
                devices: { door: { profile: xiaozhi-ml307 } }
                """))
                .contains("a build that checks dates refuses it (-0x2700)")
                .contains("every build that verifies refuses it (-0x2700)");
    }

    /** Where the chain is good at the time of its packets the clock is not, and mbedTLS writes its own into the ClientHello. */
    @Test
    void whatTheDevicesOwnClockShows() throws IOException {
        assertThat(said("""
                scenario: A clock that nobody has set
                devices: { door: { profile: xiaozhi-wifi-strict-time, clock: -90d } }
                """))
                .contains("certificate-not-yet-valid (likely)")
                .containsPattern("client: its clock, by its ClientHello, is at 20\\d\\d-");
    }

    @Test
    void whatTheClientOffersWhereTheServerTakesNoneOfIt() throws IOException {
        assertThat(said("""
                scenario: No suite in common
                gateway: { tls: [TLSv1.2], suites: [TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256] }
                devices: { door: {} }
                """))
                .contains("handshake-failure (certain)")
                .contains("the groups secp256r1, secp384r1, secp521r1");
    }

    @Test
    void whichHeadersARefusedRequestLacks() throws IOException {
        Segments capture = new Segments();
        capture.opened();
        String request = """
                GET /xiaozhi/v1/ HTTP/1.1\r
                Host: g\r
                Connection: Upgrade\r
                Device-Id: a\r
                Upgrade: websocket\r
                \r
                """;
        capture.up(Segments.ACK, 1, request);
        capture.down(Segments.ACK, 1, 1 + request.length(), "HTTP/1.1 400 Bad Request\r\n\r\n");

        assertThat(text(read(capture).diagnosis()))
                .contains("upgrade-refused (certain)")
                .contains("the request has no Authorization, Protocol-Version, Client-Id");
    }

    @Test
    void thatABrokerEndsASessionForAnotherOfTheSameName() throws IOException {
        Path door = Captured.door(folder, """
                scenario: Two devices of one name
                devices:
                  door: { mqtt: { client-id: "GID_test@@@same@@@one" } }
                  beside: { mqtt: { client-id: "GID_test@@@same@@@one" } }
                steps: [{ connect: door }, { wait: 5s }, { connect: beside }, { wait: 2s }]
                expect: [{ device: beside, is: online }]
                """);
        Path both =
                Captured.together(folder.resolve("both.pcapng"), List.of(door, door.resolveSibling("beside.pcapng")));

        assertThat(text(CaptureDiagnosis.read(both, new Secrets()).diagnosis()))
                .contains("session-taken-over (likely)", "connects as GID_test@@@same@@@one");
    }

    @Test
    void thatADeviceWhichWasRefusedTriedAgainAtOnce() throws IOException {
        Path door = Captured.door(folder, """
                scenario: A device whose password is wrong
                gateway: { faults: [{ do: answer-connack, code: 4 }] }
                link: { delay: 20ms }
                devices: { door: { mqtt: {} } }
                steps: [{ connect: door }, { connect: door }]
                expect: [{ device: door, is: refused }]
                """);

        assertThat(text(CaptureDiagnosis.read(door, new Secrets()).diagnosis()))
                .contains("connect-refused (certain)")
                .doesNotContain("session-taken-over");
    }

    @Test
    void thatABrokerLeavesPingsUnanswered() throws IOException {
        Segments capture = new Segments();
        capture.opened();
        capture.up(Segments.ACK, 1, CONNECT);
        capture.down(Segments.ACK, 1, 1 + CONNECT.length(), CONNACK);
        capture.after(30_000).up(Segments.ACK, 1 + CONNECT.length(), "\300\000");
        capture.after(60_000).up(Segments.FIN, 3 + CONNECT.length(), "");

        CaptureDiagnosis read = read(capture);
        assertThat(text(read.diagnosis()))
                .contains(
                        "mqtt-ping-unanswered (certain)", "client: PINGREQ", "client: CONNECT as a", "keep alive 60 s");
        String scenario = read.scenario().orElseThrow();
        assertThat(Captured.run(scenario, folder).verdict()).as(scenario).isEqualTo(Verdict.PASSED);
    }

    @Test
    void thatABrokerSaidGoodbye() throws IOException {
        String goodbye = "\060\037\000\001t{\"type\":\"goodbye\",\"x\":\"yyyyy\"}";
        Segments capture = new Segments();
        capture.opened();
        capture.up(Segments.ACK, 1, CONNECT);
        capture.down(Segments.ACK, 1, 1 + CONNECT.length(), CONNACK + goodbye);

        assertThat(text(read(capture).diagnosis())).contains("server: goodbye");
    }

    /** The firmware stays, and nothing but the time shows that it had given up. */
    @Test
    void thatAHelloCameAfterTheFirmwareHadGivenUp() throws IOException {
        assertThat(said("""
                scenario: A hello that comes too late
                gateway: { faults: [{ do: delay-hello, by: 10500ms }] }
                devices: { door: {} }
                steps: [{ connect: door }, { wait: 3s }]
                """))
                .contains("hello-timeout (certain)", "the firmware waits ten seconds", "server: hello", "after 10.5 s");
    }

    @Test
    void thatSegmentsCameOutOfOrder() throws IOException {
        Segments capture = new Segments();
        capture.opened();
        capture.up(Segments.ACK, 5, "cd");
        capture.up(Segments.ACK, 1, "abab");

        assertThat(text(read(capture).diagnosis())).contains("1 segment came out of order");
    }

    private String said(String scenario) throws IOException {
        Path door = Captured.door(
                folder.resolve(Integer.toString(scenario.hashCode())),
                scenario + "expect: [{ device: door, is: online }]\n");
        return text(CaptureDiagnosis.read(door, new Secrets()).diagnosis());
    }

    private static CaptureDiagnosis read(Segments capture) throws IOException {
        return CaptureDiagnosis.read(
                "x", CaptureReader.of("x", new ByteArrayInputStream(capture.bytes())), new Secrets());
    }

    /** In one line, since what is said is broken into lines of a terminal's width. */
    private static String text(Diagnosis diagnosis) {
        return String.join(" ", DiagnosisText.lines(diagnosis, CauseTexts.bundled()))
                .replaceAll(" +", " ");
    }
}
