package io.fieldloop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which expectations hold over journals written by hand, and which fail. */
final class JudgeTest {
    private final JudgedJournal seen = new JudgedJournal();

    @Test
    void deviceIsOnlineWithinTheWindow() {
        seen.at(3).device("door", "online", Map.of("elapsed", Duration.ofMillis(120)));
        assertThat(seen.judge("{ device: door, is: online, within: 5s }").verdict())
                .isEqualTo(Verdict.PASSED);
        ExpectationResult tooLate = seen.judge("{ device: door, is: online, within: 2s }");
        assertThat(tooLate.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(tooLate.explanation())
                .endsWith("seen instead: no attempt ended and nothing was lost in that time."
                        + " At another time it did: door online at 3.000s (elapsed 120 ms).");
    }

    @Test
    void deviceIsRefusedForTheReasonAndCodeNamed() {
        seen.at(1).device("door", "refused", Map.of("reason", "certificate-expired", "code", "-0x2700"));
        assertThat(seen.judge("{ device: door, is: refused, reason: certificate-expired, code: -0x2700 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        ExpectationResult other = seen.judge("{ device: door, is: refused, reason: tls-timeout }");
        assertThat(other.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(other.explanation()).contains("certificate-expired", "at 1.000s");
        assertThat(other.evidence()).containsExactly(0L);
    }

    @Test
    void everyDeviceOfAGroupMustComply() {
        seen.at(1).device("fleet#1", "online", Map.of());
        assertThat(seen.judge("{ device: fleet, is: online }").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(seen.judge("{ device: fleet, is: online }").explanation()).contains("fleet#2");
        seen.at(2).device("fleet#2", "online", Map.of());
        assertThat(seen.judge("{ device: fleet, is: online }").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void windowBeginsWhenTheNamedStepIsDone() {
        seen.at(1).device("door", "online", Map.of());
        seen.at(2).step("step-began", "renew-certificate");
        seen.at(4).step("step-ended", "renew-certificate");
        assertThat(seen.judge("{ device: door, is: online, after: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        seen.at(5).device("door", "online", Map.of());
        assertThat(seen.judge("{ device: door, is: online, after: renew-certificate, within: 1s }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ device: door, is: online, before: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void atOneInstantTheOrderOfTheJournalDecides() {
        seen.at(1).step("step-began", "renew-certificate");
        seen.device("door", "online", Map.of());
        seen.step("step-ended", "renew-certificate");
        ExpectationResult after = seen.judge("{ device: door, is: online, after: renew-certificate }");
        assertThat(after.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(after.explanation())
                .endsWith("At another time it did: door online at 1.000s."
                        + " The step that `after` names was not done then.");
        assertThat(seen.judge("{ device: door, is: online, before: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        seen.device("door", "online", Map.of());
        assertThat(seen.judge("{ device: door, is: online, after: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void nothingIsConcludedWhenTheStepWasNeverReached() {
        assertThat(seen.judge("{ device: door, is: online, after: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void countsEventsWithTheAttributesNamed() {
        seen.at(1).gateway("handshake-refused", Map.of("class", "rdp-scan"));
        seen.at(2).gateway("handshake-refused", Map.of("class", "rdp-scan"));
        seen.at(3).gateway("handshake-refused", Map.of("class", "eof"));
        assertThat(seen.judge("{ event: handshake-refused, where: { class: rdp-scan }, count: 2 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ event: handshake-refused, where: { class: rdp-scan }, count: \">= 3\" }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(seen.judge("{ event: handshake-refused, where: { status: null }, count: 3 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void attributesAreAskedForAsTheJournalFileSpellsThem() {
        seen.at(1).device("door", "tcp-connected", Map.of("elapsed", Duration.ofMillis(250)));
        seen.at(2).device("door", "audio-received", Map.of("frames", 50L, "bytes", 6000L, "dropped", 0L));
        assertThat(seen.judge("{ event: tcp-connected, where: { elapsed-seconds: 0.250000000 } }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ event: tcp-connected, where: { elapsed-seconds: 0.251 } }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(seen.judge("{ event: audio-received, where: { frames: 50, dropped: \"0\" } }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ never: { event: audio-received, where: { dropped: 0 } } }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void eventsOfTheGatewayAreFoundByTheDeviceTheyConcern() {
        seen.at(1).gateway("upgraded", Map.of("device", "door"));
        assertThat(seen.judge("{ event: upgraded, of: gateway, actor: door, count: 1 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ event: upgraded, of: gateway, actor: fleet, count: 0 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void whatMustNeverHappenFailsOnceItDid() {
        assertThat(seen.judge("{ never: { device: door, is: offline } }").verdict())
                .isEqualTo(Verdict.PASSED);
        seen.at(9).device("door", "offline", Map.of("reason", "connection-lost"));
        ExpectationResult result = seen.judge("{ never: { device: door, is: offline } }");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.explanation()).contains("door offline at 9.000s", "connection-lost");
    }

    @Test
    void neverWithALogLineHappenedOnlyWhereTheLineIs() {
        seen.at(9).device("door", "offline", Map.of("reason", "connection-lost"));
        String never = "{ never: { device: door, is: offline, log: \"Websocket disconnected\" } }";
        assertThat(seen.judge(never).verdict()).isEqualTo(Verdict.PASSED);
        seen.at(9).device("door", "log", Map.of("level", "E", "tag", "WS", "message", "Websocket disconnected"));
        assertThat(seen.judge(never).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void neverIsInconclusiveWhenTheRunEndedTooEarly() {
        seen.endSeconds = 10;
        assertThat(seen.judge("{ never: { device: door, is: offline, within: 60s } }")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void logLinesAreFoundByWhatTheyContain() {
        seen.at(1).device("door", "log", Map.of("message", "WebSocket handshake failed"));
        assertThat(seen.judge("{ device: door, log: handshake failed }").verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ device: door, log: handshake timeout }").verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatAnUnseenGatewayDoesIsInconclusive() {
        seen.device("door", "online", Map.of());
        seen.unobservableLanes = Set.of(Lane.GATEWAY);
        seen.at(3);
        assertThat(seen.judge("{ event: handshake-refused, count: 0 }").verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(seen.judge("{ never: { event: handshake-refused } }").verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(seen.judge("{ never: { event: handshake-refused } }").explanation())
                .isEqualTo("It was not seen, but what the gateway does cannot be seen in this rig.");
        assertThat(seen.judge("{ device: door, is: online }").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ event: online, actor: door }").verdict()).isEqualTo(Verdict.PASSED);
    }
}
