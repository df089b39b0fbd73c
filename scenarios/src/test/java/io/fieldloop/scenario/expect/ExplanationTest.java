package io.fieldloop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a failed expectation is told: what was seen instead, and why that may be. */
final class ExplanationTest {
    private final JudgedJournal seen = new JudgedJournal();

    @Test
    void likeOutcomesAreOneFindingWithTheGatewaysHalfOfTheReason() {
        for (String name : List.of("fleet#1", "fleet#2")) {
            seen.at(1).device(name, "attempt-started", Map.of());
            seen.at(2).gateway("handshake-refused", Map.of("device", name, "reason", "too-many-connections"));
            seen.device(
                    name, "refused", Map.of("reason", "tls-eof", "code", "-0x7280", "elapsed", Duration.ofSeconds(1)));
        }
        ExpectationResult result = seen.judge("{ device: fleet, is: online }");
        assertThat(result.explanation())
                .isEqualTo(
                        "Expected fleet#1, fleet#2 to be online as described; seen instead: 2 x refused, reason tls-eof,"
                                + " code -0x7280, gateway: handshake-refused too-many-connections, the first fleet#1 at 2.000s.");
        assertThat(seen.judge("{ never: { device: fleet, is: refused } }").explanation())
                .isEqualTo("It happened: 2 x refused, reason tls-eof, code -0x7280,"
                        + " gateway: handshake-refused too-many-connections, the first fleet#1 at 2.000s.");
    }

    @Test
    void saysWhichAttributeIsOtherwise() {
        seen.device(
                "door", "refused", Map.of("reason", "tls-eof", "code", "-0x7280", "elapsed", Duration.ofSeconds(11)));
        assertThat(seen.judge("{ device: door, is: refused, reason: tls-eof, code: -0x2700, elapsed: 9s..10s }")
                        .explanation())
                .contains(" Not as described: code is -0x7280, expected -0x2700; elapsed is 11s, expected 9s..10s.");
        assertThat(seen.judge("{ device: door, is: online }").explanation()).doesNotContain("Not as described");
    }

    @Test
    void theGatewaysHalfIsOfTheSameAttempt() {
        seen.at(1).device("door", "attempt-started", Map.of());
        seen.at(2).gateway("handshake-refused", Map.of("device", "door", "reason", "first-of-two"));
        seen.device("door", "refused", Map.of("reason", "upgrade-refused"));
        seen.at(3).device("door", "attempt-started", Map.of());
        seen.at(9).device("door", "refused", Map.of("reason", "hello-timeout"));
        assertThat(seen.judge("{ device: door, is: online }").explanation())
                .contains("door at 2.000s refused, reason upgrade-refused, gateway: handshake-refused first-of-two;")
                .endsWith("door at 9.000s refused, reason hello-timeout.");
    }

    @Test
    void thatTheBrokerEndedTheConnectionIsToldBesideTheWaitForAHello() {
        seen.at(1).device("door", "mqtt-disconnected", Map.of("reason", "closed-by-server"));
        seen.at(10).device("door", "refused", Map.of("reason", "hello-timeout"));
        assertThat(seen.judge("{ device: door, is: online }").explanation())
                .contains("door at 1.000s mqtt-disconnected, reason closed-by-server; door at 10.000s refused");
    }

    @Test
    void thatAProfileChecksNoDatesIsSaid() {
        String expired = "{ device: door, is: refused, reason: certificate-expired }";
        String why =
                " A device with the profile xiaozhi-wifi checks no certificate dates, and takes a certificate of any.";
        seen.at(1).device("door", "online", Map.of());
        assertThat(seen.judge(expired).explanation()).endsWith(why);
        assertThat(seen.judge("{ device: door, is: refused, reason: tls-eof }").explanation())
                .doesNotContain(why);
        String refused = "{ device: door, is: refused }";
        String never = "{ never: { device: door, is: online } }";
        assertThat(seen.judge(refused).explanation()).doesNotContain(why);
        assertThat(seen.judge(never).explanation()).doesNotContain(why);
        String ended = "gateway: { certificate: { valid: [-90d, -1d] } }\n";
        assertThat(seen.judgeAll(ended, refused).get(0).explanation()).contains(why);
        assertThat(seen.judgeAll(ended, never).get(0).explanation()).endsWith(why);
        seen.door = "{ checks-dates: true }";
        assertThat(seen.judge(expired).explanation()).doesNotContain(why);
    }

    @Test
    void whatAFrontAnsweredIsSaid() {
        seen.at(1).device("door", "refused", Map.of("reason", "upgrade-refused", "phase", "upgrade", "status", 502));
        assertThat(seen.judge("{ device: door, is: online }").explanation())
                .contains("refused, reason upgrade-refused, phase upgrade, status 502");
    }

    @Test
    void whereADeviceWasNotLetOutToIsSaid() {
        seen.at(1).link("door", "egress-denied", Map.of("protocol", "dns", "to", "api.vendor.example"));
        seen.at(1).link("other", "egress-denied", Map.of("protocol", "dns", "to", "other.example"));
        ExpectationResult result = seen.judge("{ device: door, is: online }");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.explanation()).contains("Not let out: api.vendor.example (dns);", "--internet");
        assertThat(result.explanation()).doesNotContain("other.example");
    }

    @Test
    void theOtherTimeThatIsNearestToTheWindowIsTold() {
        seen.at(1).device("door", "online", Map.of());
        seen.at(20).step("step-began", "renew-certificate");
        seen.at(24).step("step-ended", "renew-certificate");
        seen.at(26).device("door", "online", Map.of());
        assertThat(seen.judge("{ device: door, is: online, after: renew-certificate, within: 1s }")
                        .explanation())
                .endsWith("At another time it did: door online at 26.000s.");
    }

    @Test
    void aStatusWithoutTheLogLineIsToldTheLine() {
        seen.at(1).device("door", "online", Map.of());
        assertThat(seen.judge("{ device: door, is: online, log: \"Conected\" }").explanation())
                .endsWith("No line of its log contains \"Conected\".");
    }
}
