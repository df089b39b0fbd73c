package io.fieldloop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was to go wrong and never acted: a run that shows nothing of it. */
final class UnactedTest {
    private final JudgedJournal seen = new JudgedJournal();

    @Test
    void aFaultThatNeverActedLetsNothingBeConcluded() {
        String expectation = "{ device: door, is: online }";
        String gateway = "gateway: { faults: [ { do: stall-tls }, { do: omit-accept } ] }\n";
        seen.at(1).device("door", "online", Map.of());
        seen.at(1).gateway("fault-applied", Map.of("fault", "omit-accept"));

        assertThat(seen.judgeAll(gateway, expectation))
                .extracting(ExpectationResult::expectation, ExpectationResult::verdict)
                .containsExactly(
                        tuple(expectation, Verdict.PASSED), tuple("the fault stall-tls acts", Verdict.INCONCLUSIVE));
        seen.at(2).gateway("fault-applied", Map.of("fault", "stall-tls"));
        assertThat(seen.judgeAll(gateway, expectation)).hasSize(1);
    }

    @Test
    void aFaultThatAnExpectationNamesMayBeLeftUnreached() {
        assertThat(seen.judgeAll(
                        "gateway: { faults: [ { do: stall-tls } ] }\n",
                        "{ never: { event: fault-applied, where: { fault: stall-tls } } }"))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED);
    }

    @Test
    void aModemFaultWhoseCommandNeverCameLetsNothingBeConcluded() {
        seen.door =
                "{ profile: xiaozhi-ml307, modem: { faults: [ { command: AT+MIPSEND=1, lost: true }, { at: 1m, reboots: true } ] } }";
        String expectation = "{ device: door, is: online }";
        seen.at(1).device("door", "online", Map.of());
        seen.at(1).device("door", "modem-fault", Map.of("when", "line", "on", "AT+MIPSEND=1"));
        seen.at(1).device("fleet#1", "modem-fault", Map.of("when", "command", "on", "AT+MIPSEND=1"));

        assertThat(seen.judgeAll("", expectation))
                .extracting(ExpectationResult::expectation, ExpectationResult::verdict)
                .containsExactly(
                        tuple(expectation, Verdict.PASSED),
                        tuple(
                                "the fault in the modem of door on the command 'AT+MIPSEND=1' acts",
                                Verdict.INCONCLUSIVE),
                        tuple("the fault in the modem of door on its time acts", Verdict.INCONCLUSIVE));
        seen.at(2).device("door", "modem-fault", Map.of("when", "command", "on", "AT+MIPSEND=1,4,00"));
        seen.at(60).device("door", "modem-fault", Map.of("when", "time", "on", ""));
        assertThat(seen.judgeAll("", expectation)).hasSize(1);
    }

    @Test
    void aModemFaultThatAnExpectationNamesMayBeLeftUnreached() {
        seen.door = "{ profile: xiaozhi-ml307, modem: { faults: [ { command: AT+MIPSEND, lost: true } ] } }";
        assertThat(seen.judgeAll("", "{ never: { event: modem-fault, of: device } }"))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED);
        assertThat(seen.judgeAll("", "{ never: { event: modem-fault, actor: fleet } }"))
                .extracting(ExpectationResult::verdict)
                .containsExactly(Verdict.PASSED, Verdict.INCONCLUSIVE);
    }

    @Test
    void anAdversaryThatNothingBeganLetsNothingBeConcluded() {
        String adversary = "adversaries: { scanner: { probe: rdp-mstshash }, knocker: { probe: rdp-mstshash } }\n";
        String expectation = "{ never: { event: probe-sent } }";
        seen.at(1).adversary("knocker", "attack-began", Map.of("probe", "rdp-mstshash"));

        List<ExpectationResult> results = seen.judgeAll(adversary, expectation);
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
        assertThat(seen.judgeAll(adversary, "{ never: { event: attack-began, actor: scanner } }"))
                .hasSize(1);
    }
}
