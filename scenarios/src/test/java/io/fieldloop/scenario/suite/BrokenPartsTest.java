package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that cannot fail guards nothing: each of these is run with the part it guards broken, and must notice. */
final class BrokenPartsTest {
    @ParameterizedTest(name = "{0} notices {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tls/certificate-expires-in-the-field.yaml | checks-dates: true | checks-dates: false | a device that stopped checking dates | certificate-expired",
                "tls/certificate-not-yet-valid.yaml | strict: { profile: xiaozhi-wifi-strict-time | strict: { profile: xiaozhi-wifi | a device that ignores when validity starts | certificate-not-yet-valid",
                "tls/missing-intermediate.yaml | door: { profile: xiaozhi-wifi } | door: { profile: xiaozhi-ml307 } | a device that verifies no chain | certificate-untrusted",
                "tls/wrong-name.yaml | door: { profile: xiaozhi-wifi } | door: { profile: xiaozhi-ml307 } | a device that checks no name | certificate-name-mismatch",
                "tls/version-1.3-desktop.yaml | tls: [TLSv1.3] | tls: [TLSv1.2] | a gateway that still offers TLS 1.2 | protocol-version",
                "tls/handshake-stalls.yaml | do: stall-tls | do: close-in-tls | a gateway that closes where it should stall | tls-timeout",
                "websocket/unsupported-transport.yaml | value: udp | value: websocket | a gateway whose hello is right after all | hello-timeout",
                "websocket/no-hello.yaml | do: omit-hello | do: unprompted-hello | a gateway that does say hello | hello-timeout",
                "admission/denied-address.yaml | 127.16.9.0/24 | 127.16.7.0/24 | a deny list that misses the address | blocked",
                "admission/accepted-then-dropped.yaml | stance: compat | stance: hardened | a gateway that refuses before the upgrade | upgraded",
                "hostile/rdp-scan-while-a-device-talks.yaml | tags: [hostile, rdp] | tags: [hostile, rdp]\\ngateway: { limits: { alarm: 900/s } } | an alarm that never rings | alarm-raised",
                "hostile/slow-drip.yaml | request: 3s | request: 60s | a gateway without a request deadline | slow-request",
                "hostile/malformed-upgrade-flood.yaml | refusals-per-source: 20/10s | refusals-per-source: 9000/10s | a gateway that bans nobody | source-banned",
                "hostile/behind-one-nat-address.yaml | count: 100, source: 127.16.7.7 | count: 100, source: 127.16.7.8 | a scanner that is elsewhere | source-banned",
                "hostile/ban-of-a-strange-address.yaml | ban: 5s | ban: 60s | a ban that is not over in time | source-ban-expired",
                "hostile/flood.yaml | limits: { | limits: { alarm: 9000/s, | an alarm that never rings | alarm-raised",
                "websocket/server-fails-in-a-session.yaml | do: throw-in-session | do: drop-session | a server that hangs up without a failure | internal-error",
                "websocket/keepalive-ping-timeout.yaml | timeout: 20s | timeout: 60s | a server that waits a minute for a pong | keepalive-ping-timeout",
                "admission/server-fails-before-the-answer.yaml | connections: 1..6 | connections: 1..2 | a server that recovers too soon | internal-error",
                "link/address-nobody-can-reach.yaml | outage-for: 1h | outage-for: 1ms | an address that can be reached after all | tcp-timeout",
                "link/nat-resets.yaml | nat-idle: 8s | nat-idle: 600s | a NAT that never forgets | nat-expired",
            })
    void noticesThatItsPartIsBroken(String file, String good, String broken, String what, String expectation) {
        String text = SuiteFiles.text(file);
        assertThat(text).contains(good);
        List<SuiteCase> cases = SuiteFiles.cases(file, text.replace(good, broken.replace("\\n", "\n")));
        for (SuiteCase one : cases) {
            ScenarioResult result = SuiteFiles.run(one, RigKind.VIRTUAL);
            assertThat(result.verdict()).as("%s with %s", one.id(), what).isEqualTo(Verdict.FAILED);
            assertThat(result.expectations())
                    .filteredOn(judged -> judged.verdict() == Verdict.FAILED)
                    .extracting(ExpectationResult::expectation)
                    .as("what %s noticed", one.id())
                    .anyMatch(line -> line.contains(expectation));
        }
    }
}
