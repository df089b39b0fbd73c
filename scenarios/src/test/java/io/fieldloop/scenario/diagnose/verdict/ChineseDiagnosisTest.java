package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.SuiteCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures of the suite, told in Chinese. */
final class ChineseDiagnosisTest {
    /** Three words of small letters in a row are a sentence; commands and what stands in the input are let through. */
    private static final Pattern ENGLISH = Pattern.compile("[a-z]+ [a-z]+ [a-z]+");

    private static final Pattern AS_IT_IS =
            Pattern.compile("`[^`]*`|“[^”]*”|fieldloop run .*|ping -M do .*|[\\w.+-]+://\\S*");

    private final Translation chinese = Translation.to("zh");
    private final CauseTexts texts = CauseTexts.beside(Explanations.bundled(chinese), chinese);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tls/certificate-expired",
                "tls/wrong-name",
                "websocket/accept-missing-or-wrong",
                "link/nat-forgets"
            })
    void noEnglishSentenceIsLeft(String stem, @TempDir Path folder) throws IOException {
        List<SuiteCase> cases = Cases.of(List.of(stem)).found();
        for (SuiteCase one : cases) {
            new CaseRunner(VirtualRigs.factory().capturing(), null, System::nanoTime).run(one, folder, entry -> {});
        }

        assertThat(told(folder)).anyMatch(line -> line.contains("客户端")).noneMatch(ChineseDiagnosisTest::isEnglish);
    }

    private List<String> told(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .flatMap(this::lines)
                    .toList();
        }
    }

    private Stream<String> lines(Path capture) {
        try {
            return DiagnosisText.lines(
                    CaptureDiagnosis.read(capture, new Secrets()).diagnosis(), texts)
                    .stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static boolean isEnglish(String line) {
        return ENGLISH.matcher(AS_IT_IS.matcher(line).replaceAll("")).find();
    }
}
