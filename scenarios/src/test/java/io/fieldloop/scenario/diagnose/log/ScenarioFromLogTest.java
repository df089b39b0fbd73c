package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a cause to a scenario that ends for it, and from that scenario's console back to the cause. */
final class ScenarioFromLogTest {
    private static final CauseTexts TEXTS = CauseTexts.bundled();
    private static final ScenarioFromLog MAKER = new ScenarioFromLog(TEXTS);

    static Stream<String> words() {
        return MAKER.words().stream();
    }

    private static Diagnosis showing(String word, String line) {
        Cause cause = new Cause(word, Confidence.LIKELY, List.of(new Evidence("line 7", line, "")), List.of());
        return new Diagnosis(
                "my.log", "", List.of(new Finding("Channel", "", List.of(cause), List.of(), 1)), List.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("words")
    void endsForItsReasonAndItsConsoleSaysSo(String word) throws IOException {
        String text = MAKER.of(showing(word, "E (12) app: gone")).orElseThrow();
        LoadResult loaded = new ScenarioLoader().load("made.yaml", text);
        assertThat(loaded).as(text).isInstanceOf(LoadResult.Ready.class);
        SuiteCase one = new SuiteCase(
                "made", "made", ((LoadResult.Ready) loaded).cases().get(0));

        ScenarioResult result = new CaseRunner(VirtualRigs.factory(), null, () -> 0)
                .run(one, Path.of("target", "evidence"), entry -> {});

        assertThat(result.verdict()).as(text).isEqualTo(Verdict.PASSED);
        String reason = Objects.requireNonNullElse(TEXTS.of(word).reason(), word);
        assertThat(reasons(console(result.journal()))).as(text).contains(reason);
    }

    private static String console(List<JournalEntry> journal) {
        return journal.stream()
                .filter(entry -> entry.lane() == Lane.DEVICE && entry.kind().equals("log"))
                .map(JournalEntry::attributes)
                .map(log -> log.get("level") + " (" + log.get("uptime-millis") + ") " + log.get("tag") + ": "
                        + log.get("message") + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> reasons(String console) throws IOException {
        ByteArrayInputStream log = new ByteArrayInputStream(console.getBytes(StandardCharsets.UTF_8));
        return new ConsoleLog(TEXTS)
                .read("console", log, ConsoleDictionary.stock(), entry -> {}).findings().stream()
                        .flatMap(finding -> finding.causes().stream())
                        .map(cause -> Objects.requireNonNullElse(
                                TEXTS.of(cause.word()).reason(), cause.word()))
                        .toList();
    }

    @Test
    void theEvidenceStandsInItAndThePagesProfileFitsTheLines() {
        assertThat(MAKER.of(showing("token-refused", "E (6383) websocket_client: status=401")))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("#   line 7: E (6383) websocket_client: status=401", "profile: esp-idf-websocket"));
        assertThat(MAKER.of(showing("udp-loss", "W (1) MQTT: wrong sequence"))).isEmpty();
    }
}
