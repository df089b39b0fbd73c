package io.fieldloop.scenario.diagnose.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who came to a server, and whether noise touched a device. */
class ServerLogTest {
    private static final String SCAN =
            "198.51.100.9 - - [01/Mar/2026:08:11:02 +0000] \"\\x03\\x00\\x00/*\\xE0Cookie: mstshash=Admin\" 400 157 \"-\" \"-\"\n";

    private static Diagnosis read(String log) throws IOException {
        return new ServerLog().read("access.log", new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    }

    private static String answer(String log) throws IOException {
        return read(log).findings().get(0).seen().get(0).says();
    }

    @Test
    void noiseAloneTouchedNobody() throws IOException {
        assertThat(ServerLog.isOne(SCAN)).isTrue();
        assertThat(answer(SCAN)).isEqualTo("No line shows a device that failed.");
        assertThat(read(SCAN).findings().get(0).causes())
                .extracting(Cause::word)
                .containsExactly("background-noise");
    }

    @Test
    void aFailureRightAfterAScanIsPointedOut() throws IOException {
        String soon =
                "203.0.113.5 - - [01/Mar/2026:08:11:30 +0000] \"GET /xiaozhi/v1/ HTTP/1.1\" 502 157 \"-\" \"-\"\n";
        String later = soon.replace("08:11:30", "08:40:30");

        assertThat(answer(SCAN + soon))
                .isEqualTo("1 of 1 failures came within 60 s after a scan; the first is line 2.");
        assertThat(answer(SCAN + later)).startsWith("1 line of failures, none within 60 s after a scan");
    }

    @Test
    void aRefusedUpgradeIsNoSession() throws IOException {
        String line = "192.0.2.7 - - [01/Mar/2026:08:11:30 +0000] \"GET /xiaozhi/v1/ HTTP/1.1\" 101 157 \"-\" \"-\"\n";

        assertThat(read(line + line.replace(" 101 ", " 403 ")).findings())
                .filteredOn(finding -> finding.part().equals("By source"))
                .singleElement()
                .extracting(Object::toString)
                .asString()
                .contains("refused 1, session 1");
    }

    @Test
    void whatOneLineDoesNotTellApartIsNoMoreThanPossible() throws IOException {
        String refused =
                "192.0.2.7 - - [01/Mar/2026:08:11:30 +0000] \"GET /xiaozhi/v1/ HTTP/1.1\" 403 157 \"-\" \"-\"\n";

        assertThat(causes(refused)).containsExactly("token-refused possible", "address-refused possible");
        assertThat(causes(refused.replace("403", "502"))).containsExactly("backend-unreachable likely");
        assertThat(causes("1795946765: Client door has exceeded timeout, disconnecting.\n"))
                .containsExactly("network-lost possible", "uplink-lost possible");
    }

    @Test
    void tlsOnAPlainPortIsAnsweredInPlainWhereTheServerAnswers() throws IOException {
        String hello = "192.0.2.7 - - [01/Mar/2026:08:11:30 +0000] \"\\x16\\x03\\x01\\x02\" 400 157 \"-\" \"-\"\n";

        assertThat(causes(hello)).containsExactly("tls-not-tls likely");
        assertThat(causes("opening handshake failed: line without CRLF\n")).containsExactly("tls-eof likely");
    }

    @Test
    void aBrokerTellsClientsByTheirNames() throws IOException {
        Diagnosis diagnosis = read("""
                1795946765: Client door has exceeded timeout, disconnecting.
                1795946905: Client door already connected, closing old connection.
                1795946906: Socket error on client door, disconnecting.
                1795946907: Client door disconnected.
                """);

        assertThat(diagnosis.findings().get(3).seen())
                .extracting(Evidence::place)
                .containsExactly("door");
    }

    @Test
    void whatABrokerTellsByNameIsCountedWhereTheClientCameFrom() throws IOException {
        Diagnosis diagnosis = read("""
                1795946765: New connection from 192.0.2.7:50123 on port 1883.
                1795946765: New client connected from 192.0.2.7:50123 as door (p2, c1, k60).
                1795946766: New client connected from 192.0.2.7:50124 as gate (p2, c1, k60).
                1795946905: Client door has exceeded timeout, disconnecting.
                1795946906: Client shed [2001:db8::7:50125] disconnected: session taken over.
                1795946907: Client gate disconnected.
                """);

        assertThat(diagnosis.findings().get(3).seen())
                .containsExactly(
                        new Evidence(
                                "192.0.2.7",
                                "connection 1, device-dropped 1, keepalive-ping-timeout 1, session 2",
                                "as door, gate"),
                        new Evidence("2001:db8::7", "session-taken-over 1", "as shed"));
    }

    @Test
    void aProxyThatWaitedForTheServerBehindItHadNoIdleSession() throws IOException {
        String timedOut = "2026/11/29 10:01:01 [error] 8#8: *13 upstream timed out (110: Connection timed out) while ";

        assertThat(causes(timedOut + "proxying upgraded connection, client: 192.0.2.10\n"))
                .containsExactly("proxy-idle-60 likely");
        assertThat(causes(timedOut + "connecting to upstream, client: 192.0.2.10\n"))
                .containsExactly("backend-unreachable likely");
    }

    @Test
    void whatIsNoTlsOnATlsPortIsNoise() throws IOException {
        String garbage = "2026/11/29 10:03:01 [info] 8#8: *15 SSL_do_handshake() failed (SSL: error:0A00010B:SSL"
                + " routines::wrong version number) while SSL handshaking, client: 192.0.2.12, server: 0.0.0.0:443\n";

        assertThat(answer(garbage)).isEqualTo("No line shows a device that failed.");
    }

    @Test
    void anAlertInGosWordsIsTheDevices() throws IOException {
        assertThat(
                        causes(
                                "http: TLS handshake error from 192.0.2.11:5: remote error: tls: unknown certificate authority\n"))
                .containsExactly("certificate-untrusted likely");
    }

    private List<String> causes(String log) throws IOException {
        return read(log).findings().get(1).causes().stream()
                .map(cause -> cause.word() + " " + cause.confidence().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void aTracebackIsOneVisit() throws IOException {
        Diagnosis diagnosis = read("""
                opening handshake failed
                Traceback (most recent call last):
                  File "http11.py", line 138, in parse
                EOFError: line without CRLF

                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                websockets.exceptions.InvalidMessage: did not receive a valid HTTP request
                """);

        Finding kinds = diagnosis.findings().get(2);
        assertThat(kinds.seen())
                .extracting(Evidence::says)
                .containsExactly("tls-on-plain, a mistake, or a scan: 1 line from 1 source");
    }

    @Test
    void whoeverScannedMadeNoMistake() throws IOException {
        String hello = SCAN.replaceAll("\"[^\"]*\" \\d+ ", "\"\\\\x16\\\\x03\\\\x01\\\\x02\" 400 ");
        Diagnosis scanner = read(hello + SCAN);

        assertThat(scanner.findings()).extracting(Finding::part).doesNotContain("What failed");
        assertThat(scanner.findings().get(0).seen().get(0).shown())
                .isEqualTo("2 lines of scans, 0 of mistakes, 0 of devices, 0 of the server itself");
        assertThat(scanner.findings().get(1).seen().get(0).says())
                .isEqualTo("tls-on-plain, a scan: 1 line from 1 source");

        Diagnosis other = read(hello + SCAN.replace("100.9", "100.10"));
        assertThat(other.findings()).extracting(Finding::part).contains("What failed");
    }

    @Test
    void countsBySourceAndHour() throws IOException {
        Diagnosis diagnosis = read(SCAN + SCAN.replace("08:11", "09:11") + SCAN.replace("100.9", "100.10"));

        assertThat(diagnosis.findings().get(2).seen().get(0)).isEqualTo(new Evidence("198.51.100.9", "rdp-scan 2", ""));
        assertThat(diagnosis.findings().get(3).seen())
                .containsExactly(
                        new Evidence("2026-03-01 08h", "rdp-scan 2", ""),
                        new Evidence("2026-03-01 09h", "rdp-scan 1", ""));
    }

    @Test
    void whatServePrintsIsToldInTheGatewaysOwnWords() throws IOException {
        String log = """
                Fieldloop gateway, hardened. Devices connect to:
                08:10:00.100  c1 refused rdp-scan, from 198.51.100.9 on ws after 1.0 ms: \\x03\\x00\\x00/*\\xe0Cookie: mstshash=A
                08:10:04.794  c8 refused token-malformed, status 403, from 192.0.2.7 on ws after 2.7 ms: GET /xiaozhi/v1/ HTTP/1.1
                08:10:05.000  c9 refused tls-alert-received, TLS alert 48, from 192.0.2.8 on wss after 90 ms
                08:11:00.000  refused 57 more of class rdp-scan from 198.51.100.9
                08:12:00.000  c12 upgraded device 02:00:00:00:00:01, client c1
                08:19:00.000  c12 closed by gateway: keepalive-ping-timeout, after 7m 00s
                (3 more of audio-sent, not printed)
                """;

        assertThat(ServerLog.isOne(log)).isTrue();
        assertThat(causes(log))
                .containsExactly(
                        "token-malformed likely",
                        "certificate-untrusted likely",
                        "network-lost possible",
                        "uplink-lost possible");
        assertThat(answer(log)).isEqualTo("2 of 3 failures came within 60 s after a scan; the first is line 3.");
        assertThat(read(log).findings().get(3).seen())
                .contains(
                        new Evidence("198.51.100.9", "rdp-scan 58", ""),
                        new Evidence("02:00:00:00:00:01", "keepalive-ping-timeout 1, session 1", "as c12"));
    }

    @Test
    void aScanBeforeMidnightIsHeldAgainstAFailureAfterItWhereTheLinesHaveDates() throws IOException {
        String log = """
                2026-11-30 23:59:50.100  c1 refused rdp-scan, from 198.51.100.9 on ws after 1.0 ms: mstshash=A
                2026-12-01 00:00:04.794  c8 refused token-malformed, status 403, from 192.0.2.7 on ws after 2.7 ms: GET /xiaozhi/v1/ HTTP/1.1
                """;

        assertThat(ServerLog.isOne(log)).isTrue();
        assertThat(answer(log)).isEqualTo("1 of 1 failures came within 60 s after a scan; the first is line 2.");
    }

    @Test
    void theFileOfRefusalsIsReadAsTheLinesAre() throws IOException {
        String log = """
                {"at":"2026-03-01T08:11:02Z","class":"token","reason":"token-expired","status":403,"source":"192.0.2.7"}
                {"at":"2026-03-01T08:11:12Z","class":"token","source":"192.0.2.7","count":12}
                """;

        assertThat(ServerLog.isOne(log)).isTrue();
        assertThat(causes(log)).containsExactly("token-expired likely", "token-refused likely");
        assertThat(read(log).findings().get(3).seen())
                .containsExactly(new Evidence("192.0.2.7", "token 12, token-expired 1", ""));
    }

    @Test
    void knowsEachWordOfTheGatewayAndNoOther() {
        Set<String> words = new TreeSet<>();
        Arrays.stream(RefusalReason.values()).map(RefusalReason::wireName).forEach(words::add);
        Arrays.stream(RefusalClass.values()).map(RefusalClass::wireName).forEach(words::add);
        Arrays.stream(CloseReason.values()).map(CloseReason::wireName).forEach(words::add);

        assertThat(VisitTable.bundled().words()).hasSameElementsAs(words);
    }

    @Test
    void everyCauseOfTheTableHasAText() {
        CauseTexts texts = CauseTexts.bundled();
        assertThat(VisitTable.bundled().rules())
                .allSatisfy(rule -> assertThat(rule.causes())
                        .allSatisfy(
                                cause -> assertThat(texts.find(cause)).as(cause).isPresent()));
    }
}
