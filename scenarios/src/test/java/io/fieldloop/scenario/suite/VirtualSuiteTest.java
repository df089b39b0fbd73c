package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.report.jsonl.JournalWriter;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bundled scenario passes in virtual time, and twice with one seed leaves the same journal, byte for byte: once for itself, and
 * once after many others, with what they have left to share.
 */
final class VirtualSuiteTest {
    private static final RigFactory SUITE = VirtualRigs.factory();

    /** The socket rig waits for all of it, in CI as at a desk. */
    private static final Duration REAL_TIME_MAX = Duration.ofMinutes(3);

    static Stream<SuiteCase> cases() {
        return SuiteFiles.allCases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void passesAndRepeatsItselfByteForByte(SuiteCase one) throws IOException {
        Scenario scenario = one.scenario();
        String whyNot = SUITE.whyNot(scenario);
        assumeTrue(whyNot == null, whyNot);
        ScenarioResult first = SuiteFiles.run(one, RigKind.VIRTUAL);
        assertThat(first.verdict()).as(SuiteFiles.whatFailed(first)).isEqualTo(Verdict.PASSED);
        ConsoleAgreement.check(scenario, first.journal());
        if (SocketRigs.factory().whyNot(scenario) == null) {
            assertThat(first.simulated())
                    .as(
                            "suite/%s.yaml lasts too long for real time; let it say `only: { rig: virtual, because: … }`",
                            one.argument())
                    .isLessThanOrEqualTo(REAL_TIME_MAX);
        }
        ScenarioResult second = SuiteFiles.run(one, SUITE);
        assertThat(journal(second)).isEqualTo(journal(first));
    }

    private static String journal(ScenarioResult result) throws IOException {
        StringWriter text = new StringWriter();
        try (JournalWriter journal = new JournalWriter(text)) {
            journal.write(result.journal());
        }
        return text.toString();
    }

    @Test
    void suiteHasFilesOnEverySubject() {
        assertThat(BundledSuite.files().keySet())
                .hasSizeGreaterThanOrEqualTo(24)
                .extracting(name -> name.substring(0, name.indexOf('/')))
                .contains("tls", "websocket", "admission", "link", "hostile", "load");
    }

    @Test
    void everyFileSaysWhy() {
        assertThat(cases()).allSatisfy(one -> assertThat(one.scenario().why()).isNotBlank());
    }
}
