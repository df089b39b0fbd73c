package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.verdict.CaptureDiagnosis;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The golden rule for voice: the scenario made of a capture gives a capture in which voice fares, and moves, as it did in the first. */
final class VoiceGoldenRuleTest {
    private final CaseRunner runner = new CaseRunner(VirtualRigs.factory().capturing(), null, System::nanoTime);

    @TempDir
    private Path folder;

    @Test
    void voiceThatWasHarmedOrMovedFaresAlikeInTheScenarioMadeOfIt() throws IOException {
        List<String> again = new ArrayList<>();
        for (SuiteCase one : SuiteFiles.allCases()
                .filter(any -> any.id().startsWith("voice/"))
                .toList()) {
            Path evidence = folder.resolve(Integer.toString(again.size()))
                    .resolve(one.id().replace('/', '-'));
            runner.run(one, evidence, entry -> {});
            try (Stream<Path> captures = Files.list(evidence)) {
                for (Path capture :
                        captures.filter(VoiceGoldenRuleTest::isCapture).sorted().toList()) {
                    CaptureDiagnosis read = CaptureDiagnosis.read(capture, new Secrets());
                    if (!words(read).isEmpty()) {
                        again.add(one.id());
                        again(read, one.id(), evidence.resolve("again-" + again.size()));
                    }
                }
            }
        }

        assertThat(again)
                .contains("voice/burst-loss[loss=3-percent]", "voice/reordering", "voice/udp-blocked[blocked=up]")
                .contains("voice/udp-blocked[blocked=down]", "voice/corrupted-datagrams")
                .contains(
                        "voice/nat-rebind-in-mid-sentence[stance=compat]", "voice/nat-forgets-while-the-device-listens")
                .doesNotContain("voice/burst-loss[loss=none]");
    }

    private void again(CaptureDiagnosis read, String of, Path evidence) throws IOException {
        String text = read.scenario().orElseThrow();
        ScenarioResult result = runner.run(SuiteFiles.cases("again.yaml", text).get(0), evidence, entry -> {});

        assertThat(result.verdict()).as("%s: %s", of, text).isEqualTo(Verdict.PASSED);
        assertThat(words(CaptureDiagnosis.read(evidence.resolve("device-1.pcapng"), new Secrets())))
                .as("%s: %s", of, text)
                .isEqualTo(words(read));
    }

    private static boolean isCapture(Path file) {
        return file.toString().endsWith(".pcapng");
    }

    private static List<String> words(CaptureDiagnosis read) {
        return read.diagnosis().findings().stream()
                .filter(finding -> finding.part().startsWith("Voice"))
                .flatMap(finding -> Stream.concat(
                        finding.causes().stream().map(Cause::word),
                        finding.seen().stream()
                                .filter(seen -> seen.says().endsWith("its NAT gave it another port"))
                                .map(seen -> "moved")))
                .toList();
    }
}
