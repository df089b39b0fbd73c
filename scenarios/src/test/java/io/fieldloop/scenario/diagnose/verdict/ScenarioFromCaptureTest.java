package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scenario takes over from a capture: each device, its link, and on every line the evidence. */
final class ScenarioFromCaptureTest {
    private static final String URL = "url: \"ws://gateway.test:8000/xiaozhi/v1/\"";

    @TempDir
    private Path folder;

    /** Each met its own fault, and each has its own way to the server. */
    @Test
    void hasEachDeviceWithItsOwnFaultAndLink() throws IOException {
        Path door = Captured.door(folder, """
                scenario: Three devices, three reasons
                gateway:
                  faults: [{ do: answer-status, status: 401, connections: 1 }, { do: omit-hello, connections: 2 }]
                devices:
                  door: { %s, link: { delay: 80ms } }
                  gate: { %s, link: { delay: 20ms } }
                  shed: { url: "ws://gateway.test:8010/xiaozhi/v1/" }
                steps: [{ connect: door }, { connect: gate }, { connect: shed }]
                expect: [{ device: door, is: refused }]
                """.formatted(URL, URL));
        Path all = Captured.together(
                folder.resolve("all.pcapng"),
                Stream.of("door", "gate", "shed")
                        .map(name -> door.resolveSibling(name + ".pcapng"))
                        .toList());

        String text = scenario(all);

        assertThat(text).contains("connections: 1 }", "connections: 2 }", "delay: 80ms", "delay: 20ms");
        assertThat(text).contains("reason: upgrade-refused }", "reason: hello-timeout }", "reason: tcp-refused }");
        assertThat(run(text).verdict()).as(text).isEqualTo(Verdict.PASSED);
    }

    @Test
    void leavesOutWhoseServerWasAnotherAndSaysSo() throws IOException {
        Path expired = Captured.door(folder.resolve("one"), """
                scenario: Expired
                gateway: { certificate: { valid: [-90d, -1d] } }
                devices: { door: { profile: xiaozhi-wifi-strict-time }, beside: {} }
                expect: [{ device: door, is: refused }]
                """);
        Path wrongName = Captured.door(folder.resolve("other"), """
                scenario: For another name
                gateway: { certificate: { defect: wrong-name } }
                devices: { beside: {}, door: {} }
                expect: [{ device: door, is: refused }]
                """);

        String text = scenario(Captured.together(folder.resolve("all.pcapng"), List.of(expired, wrongName)));

        assertThat(text)
                .contains("# Not in it: 127.16.0.2:", "certificate-name-mismatch, whose server was set up otherwise.");
        assertThat(run(text).verdict()).as(text).isEqualTo(Verdict.PASSED);
    }

    /** Depth, keys, times and names of the chain are in the file, and what is minted by them fails the same way. */
    @Test
    void mintsTheChainThatWasSent() throws IOException {
        String text = scenario(Captured.door(folder, """
                scenario: An intermediate that ended
                gateway:
                  certificate:
                    names: [gateway.test, api.example.com]
                    key: rsa-2048
                    valid: [-20d, +70d]
                    chain: [{ key: p384, valid: [-365d, -3d] }, rsa-4096]
                devices: { door: { profile: xiaozhi-wifi-strict-time } }
                expect: [{ device: door, is: refused }]
                """));

        assertThat(text)
                .contains("certificate: { names: [\"gateway.test\", \"api.example.com\"], key: rsa-2048,"
                        + " valid: [-20d, +70d], chain: [{ key: p384, valid: [-365d, -3d] }, rsa-4096] }  # packet ")
                .contains("a chain of 3 with");
        assertThat(run(text).verdict()).as(text).isEqualTo(Verdict.PASSED);
    }

    /** The chain is the server's, also where what failed was something else. */
    @Test
    void keepsTheChainWhereTheHandshakeWasNotWhatFailed() throws IOException {
        String text = scenario(Captured.door(folder, """
                scenario: Refused behind a sound chain
                gateway:
                  tls: [TLSv1.3]
                  certificate: { key: p384, chain: [p384, p384] }
                  faults: [{ do: answer-status, status: 403 }]
                devices: { door: { tls: { generation: idf-5.4, versions: [TLSv1.3] } } }
                expect: [{ device: door, is: refused }]
                """));

        assertThat(text)
                .contains("chain: [p384, p384] }", "reason: upgrade-refused }")
                .contains("tls: { generation: idf-6, versions: [TLSv1.3] }  # the ClientHello is that of idf-5.0,");
        assertThat(run(text).verdict()).as(text).isEqualTo(Verdict.PASSED);
    }

    @Test
    void everyLineThatWasReadOffSaysWhere() throws IOException {
        String text = scenario(Captured.door(folder, """
                scenario: A NAT that resets
                link: { delay: 45ms, nat-idle: 8s, nat-expiry: reset }
                devices: { door: {} }
                steps: [{ connect: door }, { wait: 12s }, { talk: door }]
                expect: [{ device: door, is: offline }]
                """));

        assertThat(text)
                .contains("nat-idle: 11s  # ", "nat-expiry: reset  # packet ", "delay: 45ms  # half of the round trip");
        assertThat(text.lines().filter(line -> line.matches(" +.*[^:]$")))
                .allSatisfy(line -> assertThat(line).contains("  # "));
        assertThat(run(text).verdict()).as(text).isEqualTo(Verdict.PASSED);
    }

    @Test
    void fitsDelayJitterLossBurstsAndTheWakingRadio() throws IOException {
        Segments capture = new Segments();
        String request =
                "GET /xiaozhi/v1/ HTTP/1.1\r\nHost: gateway.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        String answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
        capture.packet(true, Segments.SYN, 0, 0, "", 0, false);
        capture.after(80).packet(false, Segments.SYN | Segments.ACK, 0, 1, "", 0, false);
        int at = 1;
        for (int i = 0; i < 6; i++) {
            capture.after(i < 4 ? 5 : 4000).up(Segments.ACK, at, request.substring(at - 1, at + 4));
            at += 5;
            capture.after(i < 4 ? 80 + i * 10 : 700).down(Segments.ACK, 1, at, "");
        }
        for (int i = 0; i < 2; i++) {
            capture.up(Segments.ACK, at, request.substring(at - 1));
        }
        capture.up(Segments.ACK, at, request.substring(at - 1));
        capture.after(80).down(Segments.ACK, 1, 1 + request.length(), answer);
        capture.up(Segments.ACK, 1 + request.length(), "");
        capture.down(Segments.FIN, 1 + answer.length(), 1 + request.length(), "");

        String text = CaptureDiagnosis.read(
                        "x", CaptureReader.of("x", new ByteArrayInputStream(capture.bytes())), new Secrets())
                .scenario()
                .orElseThrow();

        assertThat(text)
                .contains(
                        "delay: 40ms",
                        "jitter: 4ms",
                        "distribution: normal",
                        "loss: 20.0%",
                        "loss-burst: 2.0",
                        "promotion: 605ms");
        assertThat(run(text).verdict()).as(text).isNotNull();
    }

    private static String scenario(Path file) throws IOException {
        return CaptureDiagnosis.read(file, new Secrets()).scenario().orElseThrow();
    }

    private ScenarioResult run(String text) {
        return Captured.run(text, folder);
    }
}
