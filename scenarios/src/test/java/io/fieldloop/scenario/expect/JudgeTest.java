package io.fieldloop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Judgement over journals written by hand, so that each rule of the expectations is seen to hold and to fail. */
final class JudgeTest {
    private final AtomicLong nowNanos = new AtomicLong();
    private final Journal journal = new Journal(nowNanos::get);
    private long endSeconds = 100;
    private String door = "{}";
    private Set<Lane> unobservableLanes = Set.of();

    @Test
    void deviceIsOnlineWithinTheWindow() {
        at(3).device("door", "online", Map.of("elapsed", Duration.ofMillis(120)));
        assertThat(judge("{ device: door, is: online, within: 5s }").verdict()).isEqualTo(Verdict.PASSED);
        ExpectationResult tooLate = judge("{ device: door, is: online, within: 2s }");
        assertThat(tooLate.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(tooLate.explanation())
                .endsWith("seen instead: no attempt ended and nothing was lost in that time."
                        + " At another time it did: door online at 3.000s (elapsed 120 ms).");
    }

    @Test
    void theOtherTimeThatIsNearestToTheWindowIsTold() {
        at(1).device("door", "online", Map.of());
        at(20).step("step-began", "renew-certificate");
        at(24).step("step-ended", "renew-certificate");
        at(26).device("door", "online", Map.of());
        assertThat(judge("{ device: door, is: online, after: renew-certificate, within: 1s }")
                        .explanation())
                .endsWith("At another time it did: door online at 26.000s.");
    }

    @Test
    void deviceIsRefusedForTheReasonAndCodeNamed() {
        at(1).device("door", "refused", Map.of("reason", "certificate-expired", "code", "-0x2700"));
        assertThat(judge("{ device: door, is: refused, reason: certificate-expired, code: -0x2700 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        ExpectationResult other = judge("{ device: door, is: refused, reason: tls-timeout }");
        assertThat(other.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(other.explanation()).contains("certificate-expired", "at 1.000s");
        assertThat(other.evidence()).containsExactly(0L);
    }

    @Test
    void thatAProfileChecksNoDatesIsSaid() {
        String expired = "{ device: door, is: refused, reason: certificate-expired }";
        String why =
                " A device with the profile xiaozhi-wifi checks no certificate dates, and takes a certificate of any.";
        at(1).device("door", "online", Map.of());
        assertThat(judge(expired).explanation()).endsWith(why);
        assertThat(judge("{ device: door, is: refused, reason: tls-eof }").explanation())
                .doesNotContain(why);
        door = "{ checks-dates: true }";
        assertThat(judge(expired).explanation()).doesNotContain(why);
    }

    @Test
    void whereADeviceWasNotLetOutToIsSaid() {
        at(1).link("door", "egress-denied", Map.of("protocol", "dns", "to", "api.vendor.example"));
        at(1).link("other", "egress-denied", Map.of("protocol", "dns", "to", "other.example"));
        ExpectationResult result = judge("{ device: door, is: online }");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.explanation()).contains("Not let out: api.vendor.example (dns);", "--internet");
        assertThat(result.explanation()).doesNotContain("other.example");
    }

    @Test
    void everyDeviceOfAGroupMustComply() {
        at(1).device("fleet#1", "online", Map.of());
        assertThat(judge("{ device: fleet, is: online }").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judge("{ device: fleet, is: online }").explanation()).contains("fleet#2");
        at(2).device("fleet#2", "online", Map.of());
        assertThat(judge("{ device: fleet, is: online }").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void windowBeginsWhenTheNamedStepIsDone() {
        at(1).device("door", "online", Map.of());
        at(2).step("step-began", "renew-certificate");
        at(4).step("step-ended", "renew-certificate");
        assertThat(judge("{ device: door, is: online, after: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        at(5).device("door", "online", Map.of());
        assertThat(judge("{ device: door, is: online, after: renew-certificate, within: 1s }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge("{ device: door, is: online, before: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void atOneInstantTheOrderOfTheJournalDecides() {
        at(1).step("step-began", "renew-certificate");
        device("door", "online", Map.of());
        step("step-ended", "renew-certificate");
        ExpectationResult after = judge("{ device: door, is: online, after: renew-certificate }");
        assertThat(after.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(after.explanation())
                .endsWith("At another time it did: door online at 1.000s."
                        + " The step that `after` names was not done then.");
        assertThat(judge("{ device: door, is: online, before: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        device("door", "online", Map.of());
        assertThat(judge("{ device: door, is: online, after: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void nothingIsConcludedWhenTheStepWasNeverReached() {
        assertThat(judge("{ device: door, is: online, after: renew-certificate }")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void countsEventsWithTheAttributesNamed() {
        at(1).gateway("handshake-refused", Map.of("class", "rdp-scan"));
        at(2).gateway("handshake-refused", Map.of("class", "rdp-scan"));
        at(3).gateway("handshake-refused", Map.of("class", "eof"));
        assertThat(judge("{ event: handshake-refused, where: { class: rdp-scan }, count: 2 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge("{ event: handshake-refused, where: { class: rdp-scan }, count: \">= 3\" }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(judge("{ event: handshake-refused, where: { status: null }, count: 3 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void attributesAreAskedForAsTheJournalFileSpellsThem() {
        at(1).device("door", "tcp-connected", Map.of("elapsed", Duration.ofMillis(250)));
        at(2).device("door", "audio-received", Map.of("frames", 50L, "bytes", 6000L, "dropped", 0L));
        assertThat(judge("{ event: tcp-connected, where: { elapsed-seconds: 0.250000000 } }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge("{ event: tcp-connected, where: { elapsed-seconds: 0.251 } }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(judge("{ event: audio-received, where: { frames: 50, dropped: \"0\" } }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge("{ never: { event: audio-received, where: { dropped: 0 } } }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void eventsOfTheGatewayAreFoundByTheDeviceTheyConcern() {
        at(1).gateway("upgraded", Map.of("device", "door"));
        assertThat(judge("{ event: upgraded, of: gateway, actor: door, count: 1 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge("{ event: upgraded, of: gateway, actor: fleet, count: 0 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void whatMustNeverHappenFailsOnceItDid() {
        assertThat(judge("{ never: { device: door, is: offline } }").verdict()).isEqualTo(Verdict.PASSED);
        at(9).device("door", "offline", Map.of("reason", "connection-lost"));
        ExpectationResult result = judge("{ never: { device: door, is: offline } }");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.explanation()).contains("door offline at 9.000s", "connection-lost");
    }

    @Test
    void neverWithALogLineHappenedOnlyWhereTheLineIs() {
        at(9).device("door", "offline", Map.of("reason", "connection-lost"));
        String never = "{ never: { device: door, is: offline, log: \"Websocket disconnected\" } }";
        assertThat(judge(never).verdict()).isEqualTo(Verdict.PASSED);
        at(9).device("door", "log", Map.of("level", "E", "tag", "WS", "message", "Websocket disconnected"));
        assertThat(judge(never).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aStatusWithoutTheLogLineIsToldTheLine() {
        at(1).device("door", "online", Map.of());
        assertThat(judge("{ device: door, is: online, log: \"Conected\" }").explanation())
                .endsWith("No line of its log contains \"Conected\".");
    }

    @Test
    void aFaultThatNeverActedLetsNothingBeConcluded() {
        String expectation = "{ device: door, is: online }";
        String gateway = "gateway: { faults: [ { do: stall-tls }, { do: omit-accept } ] }\n";
        at(1).device("door", "online", Map.of());
        at(1).gateway("fault-applied", Map.of("fault", "omit-accept"));

        assertThat(judgeAll(gateway, expectation))
                .extracting(ExpectationResult::expectation, ExpectationResult::verdict)
                .containsExactly(
                        tuple(expectation, Verdict.PASSED), tuple("the fault stall-tls acts", Verdict.INCONCLUSIVE));
        at(2).gateway("fault-applied", Map.of("fault", "stall-tls"));
        assertThat(judgeAll(gateway, expectation)).hasSize(1);
    }

    @Test
    void aFaultThatAnExpectationNamesMayBeLeftUnreached() {
        assertThat(judgeAll(
                        "gateway: { faults: [ { do: stall-tls } ] }\n",
                        "{ never: { event: fault-applied, where: { fault: stall-tls } } }"))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED);
    }

    @Test
    void aModemFaultWhoseCommandNeverCameLetsNothingBeConcluded() {
        door =
                "{ profile: xiaozhi-ml307, modem: { faults: [ { command: AT+MIPSEND=1, lost: true }, { at: 1m, reboots: true } ] } }";
        String expectation = "{ device: door, is: online }";
        at(1).device("door", "online", Map.of());
        at(1).device("door", "modem-fault", Map.of("when", "line", "on", "AT+MIPSEND=1"));
        at(1).device("fleet#1", "modem-fault", Map.of("when", "command", "on", "AT+MIPSEND=1"));

        assertThat(judgeAll("", expectation))
                .extracting(ExpectationResult::expectation, ExpectationResult::verdict)
                .containsExactly(
                        tuple(expectation, Verdict.PASSED),
                        tuple(
                                "the fault in the modem of door on the command 'AT+MIPSEND=1' acts",
                                Verdict.INCONCLUSIVE),
                        tuple("the fault in the modem of door on its time acts", Verdict.INCONCLUSIVE));
        at(2).device("door", "modem-fault", Map.of("when", "command", "on", "AT+MIPSEND=1,4,00"));
        at(60).device("door", "modem-fault", Map.of("when", "time", "on", ""));
        assertThat(judgeAll("", expectation)).hasSize(1);
    }

    @Test
    void aModemFaultThatAnExpectationNamesMayBeLeftUnreached() {
        door = "{ profile: xiaozhi-ml307, modem: { faults: [ { command: AT+MIPSEND, lost: true } ] } }";
        assertThat(judgeAll("", "{ never: { event: modem-fault, of: device } }"))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED);
        assertThat(judgeAll("", "{ never: { event: modem-fault, actor: fleet } }"))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED, Verdict.INCONCLUSIVE);
    }

    @Test
    void anAdversaryThatNothingBeganLetsNothingBeConcluded() {
        String adversary = "adversaries: { scanner: { probe: rdp-mstshash }, knocker: { probe: rdp-mstshash } }\n";
        String expectation = "{ never: { event: probe-sent } }";
        at(1).adversary("knocker", "attack-began", Map.of("probe", "rdp-mstshash"));

        List<ExpectationResult> results = judgeAll(adversary, expectation);
        assertThat(results)
                .extracting(ExpectationResult::expectation, ExpectationResult::verdict)
                .containsExactly(
                        tuple(expectation, Verdict.PASSED),
                        tuple("the adversary scanner begins", Verdict.INCONCLUSIVE));
        assertThat(results.get(1).explanation())
                .isEqualTo(
                        "The adversary scanner never began, so this run shows nothing of it: no step came that begins it, and no"
                                + " time it starts at. Let it begin with { attack: scanner }, or say that it is meant with"
                                + " { never: { event: attack-began, actor: scanner } }.");
        assertThat(judgeAll(adversary, "{ never: { event: attack-began, actor: scanner } }"))
                .hasSize(1);
    }

    @Test
    void neverIsInconclusiveWhenTheRunEndedTooEarly() {
        endSeconds = 10;
        assertThat(judge("{ never: { device: door, is: offline, within: 60s } }")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void percentilesAreByNearestRank() {
        for (int millis = 1; millis <= 100; millis++) {
            at(millis).device("door", "attempt-started", Map.of());
            at(millis).device("door", "online", Map.of("elapsed", Duration.ofMillis(millis)));
        }
        assertThat(judge("{ measure: hello-time, p95: \"<= 95ms\", p50: \"<= 50ms\", max: \"<= 100ms\", samples: 100 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        ExpectationResult slow = judge("{ measure: hello-time, p95: \"< 95ms\" }");
        assertThat(slow.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(slow.explanation()).contains("p95 95.000 ms", "expected p95 < 95ms");
    }

    @Test
    void aRoundTripIsFromAPingToThePongOfTheSameConnection() {
        Map<String, Object> first = Map.of("device", "door", "connection", 1);
        Map<String, Object> second = Map.of("device", "door", "connection", 2);
        at(1).gateway("ping-sent", first);
        at(2).gateway("ping-sent", second);
        at(4).gateway("pong-received", first);
        at(7).gateway("pong-received", second);
        at(8).gateway("pong-received", second);
        assertThat(judge("{ measure: round-trip, of: door, min: \">= 3s\", max: \"<= 5s\", samples: 2 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        unobservableLanes = Set.of(Lane.GATEWAY);
        assertThat(judge("{ measure: round-trip, of: door, max: \"< 5s\" }").verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void tooFewSamplesFail() {
        at(1).device("door", "attempt-started", Map.of());
        at(1).device("door", "online", Map.of("elapsed", Duration.ofMillis(1)));
        assertThat(judge("{ measure: hello-time, p95: \"< 1s\", samples: \">= 2\" }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatWasMeasuredIsToldWithItsShapeAndTheWorstFirst() {
        for (int millis = 1; millis <= 30; millis++) {
            at(millis).device("door", "attempt-started", Map.of());
            at(millis).device("door", "online", Map.of("elapsed", Duration.ofMillis(millis)));
        }
        ExpectationResult slow = judge("{ measure: hello-time, of: door, p90: \"< 20ms\" }");
        assertThat(slow.explanation())
                .isEqualTo("hello-time: 30 values, min 1.000 ms, p50 15.000 ms, p90 27.000 ms, p95 29.000 ms,"
                        + " p99 30.000 ms, max 30.000 ms; expected p90 < 20ms.");
        assertThat(slow.evidence()).hasSize(20).startsWith(59L, 57L, 55L);
        assertThat(judge("{ measure: hello-time, of: door, min: \"> 20ms\" }").evidence())
                .startsWith(1L, 3L, 5L);
    }

    @Test
    void whatGaveNoValueSaysWhatItWouldHaveTaken() {
        at(1).device("door", "online", Map.of());
        assertThat(judge("{ measure: voice-lost, of: door, max: \"< 1s\" }").explanation())
                .startsWith("voice-lost: 0 values; 1 of 1 device gave none (measured is how much of the server's voice")
                .contains("for each channel over UDP that was closed)");
    }

    @Test
    void devicesAndAttemptsThatGaveNoValueAreCountedAndSaid() {
        at(1).device("fleet#1", "attempt-started", Map.of());
        at(2).device("fleet#1", "refused", Map.of("reason", "tcp-timeout"));
        at(2).device("fleet#2", "attempt-started", Map.of());
        at(3).device("fleet#2", "online", Map.of("elapsed", Duration.ofMillis(20)));
        ExpectationResult fine = judge("{ measure: hello-time, of: fleet, max: \"< 1s\" }");
        assertThat(fine.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(fine.explanation()).endsWith("; 1 of 2 devices gave none; 1 of 2 failed.");
        assertThat(judge("{ measure: hello-time, of: fleet, failed: \"<= 50%\" }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        ExpectationResult tooMany = judge("{ measure: hello-time, of: fleet, failed: \"< 1%\" }");
        assertThat(tooMany.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(tooMany.explanation()).endsWith("; 1 of 2 failed; expected failed < 1%.");
        assertThat(judge("{ measure: hello-time, of: door, failed: \"< 1%\" }").verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aTurnThatCutsItsUserOffIsNotTalkedAndHasNoFirstAudio() {
        at(1).device(
                        "door",
                        "turn-completed",
                        Map.of("elapsed", Duration.ofSeconds(3), "first-audio", Duration.ofMillis(80)));
        at(5).device(
                        "door",
                        "turn-interrupted",
                        Map.of("elapsed", Duration.ofSeconds(3), "speech-cut", Duration.ofMillis(900)));
        assertThat(judge("{ device: door, is: talked, after: 2s }").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judge("{ device: door, is: interrupted, after: 2s }").verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(judge("{ measure: speech-cut, of: door, max: \"< 500ms\", samples: 2 }")
                        .explanation())
                .contains("min 0.000 ms", "max 900.000 ms; expected max < 500ms");
        assertThat(judge("{ measure: first-audio, of: door, max: \"< 2s\", samples: 1 }")
                        .explanation())
                .endsWith("max 80.000 ms; 1 of 2 failed.");
    }

    @Test
    void likeOutcomesAreOneFindingWithTheGatewaysHalfOfTheReason() {
        for (String name : List.of("fleet#1", "fleet#2")) {
            at(1).device(name, "attempt-started", Map.of());
            at(2).gateway("handshake-refused", Map.of("device", name, "reason", "too-many-connections"));
            device(name, "refused", Map.of("reason", "tls-eof", "code", "-0x7280", "elapsed", Duration.ofSeconds(1)));
        }
        ExpectationResult result = judge("{ device: fleet, is: online }");
        assertThat(result.explanation())
                .isEqualTo(
                        "Expected fleet#1, fleet#2 to be online as described; seen instead: 2 x refused, reason tls-eof,"
                                + " code -0x7280, gateway: handshake-refused too-many-connections, the first fleet#1 at 2.000s.");
        assertThat(judge("{ never: { device: fleet, is: refused } }").explanation())
                .isEqualTo("It happened: 2 x refused, reason tls-eof, code -0x7280,"
                        + " gateway: handshake-refused too-many-connections, the first fleet#1 at 2.000s.");
    }

    @Test
    void saysWhichAttributeIsOtherwise() {
        device("door", "refused", Map.of("reason", "tls-eof", "code", "-0x7280", "elapsed", Duration.ofSeconds(11)));
        assertThat(judge("{ device: door, is: refused, reason: tls-eof, code: -0x2700, elapsed: 9s..10s }")
                        .explanation())
                .contains(" Not as described: code is -0x7280, expected -0x2700; elapsed is 11s, expected 9s..10s.");
        assertThat(judge("{ device: door, is: online }").explanation()).doesNotContain("Not as described");
    }

    @Test
    void theGatewaysHalfIsOfTheSameAttempt() {
        at(1).device("door", "attempt-started", Map.of());
        at(2).gateway("handshake-refused", Map.of("device", "door", "reason", "first-of-two"));
        device("door", "refused", Map.of("reason", "upgrade-refused"));
        at(3).device("door", "attempt-started", Map.of());
        at(9).device("door", "refused", Map.of("reason", "hello-timeout"));
        assertThat(judge("{ device: door, is: online }").explanation())
                .contains("door at 2.000s refused, reason upgrade-refused, gateway: handshake-refused first-of-two;")
                .endsWith("door at 9.000s refused, reason hello-timeout.");
    }

    @Test
    void logLinesAreFoundByWhatTheyContain() {
        at(1).device("door", "log", Map.of("message", "WebSocket handshake failed"));
        assertThat(judge("{ device: door, log: handshake failed }").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judge("{ device: door, log: handshake timeout }").verdict()).isEqualTo(Verdict.FAILED);
    }

    private JudgeTest at(long seconds) {
        nowNanos.set(TimeUnit.SECONDS.toNanos(seconds));
        return this;
    }

    private void link(String device, String kind, Map<String, Object> attributes) {
        journal.write(Lane.LINK, device, kind, attributes);
    }

    private void device(String name, String kind, Map<String, Object> attributes) {
        journal.write(Lane.DEVICE, name, kind, attributes);
    }

    private void adversary(String name, String kind, Map<String, Object> attributes) {
        journal.write(Lane.ADVERSARY, name, kind, attributes);
    }

    private void gateway(String kind, Map<String, Object> attributes) {
        journal.write(Lane.GATEWAY, "gateway", kind, attributes);
    }

    private void step(String kind, String verb) {
        journal.write(Lane.SCENARIO, "step", kind, Map.of("verb", verb));
    }

    @Test
    void whatAnUnseenGatewayDoesIsInconclusive() {
        device("door", "online", Map.of());
        unobservableLanes = Set.of(Lane.GATEWAY);
        at(3);
        assertThat(judge("{ event: handshake-refused, count: 0 }").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge("{ never: { event: handshake-refused } }").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge("{ never: { event: handshake-refused } }").explanation())
                .isEqualTo("It was not seen, but what the gateway does cannot be seen in this rig.");
        assertThat(judge("{ device: door, is: online }").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judge("{ event: online, actor: door }").verdict()).isEqualTo(Verdict.PASSED);
    }

    private ExpectationResult judge(String expectation) {
        return judgeAll("", expectation).get(0);
    }

    private List<ExpectationResult> judgeAll(String more, String expectation) {
        String text = "scenario: judged\n" + more
                + "devices: { door: " + door + ", fleet: { count: 2 } }\n"
                + "steps: [ { connect: all }, { renew-certificate: {} } ]\n"
                + "expect:\n  - " + expectation + "\n";
        LoadResult loaded = new ScenarioLoader().load("judged.yaml", text);
        assertThat(loaded).as(text).isInstanceOf(LoadResult.Ready.class);
        Scenario scenario = ((LoadResult.Ready) loaded).cases().get(0);
        return new Judge(scenario, Set.of(), unobservableLanes)
                .judge(new Timeline(journal.entries(), TimeUnit.SECONDS.toNanos(endSeconds)));
    }
}
