package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.firmware.FirmwareRigs;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference firmware without power in the middle of a write: a selection of what the folder {@code power} of the suite has in full. */
@Tag("qemu")
final class PowerCutTest {
    private static final Path FULL_PAGE = Path.of("suite", "power", "settings-change-in-a-full-page.yaml");
    private static final Path SWITCH = Path.of("suite", "power", "update-switch.yaml");
    private static final Path WRITTEN_ANEW = Path.of("suite", "power", "file-written-anew.yaml");
    private static final Path IN_TURNS = Path.of("suite", "power", "files-in-turns.yaml");
    private static final Pattern AT_WRITE = Pattern.compile("at-write: [0-9.]+(, how: \\[after])? }");
    private static final String MENDED = "store-bytes: \"4096\"";
    private static final String BROKEN = MENDED + ", store-counts-early: \"1\"";

    @TempDir
    Path evidence;

    /** The twelfth of 13 writes is the first half of the page's number, which makes it count. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oldSettingsUntilThePageCountsAndNewOnesFromThenOn(boolean fromSavePoints) throws IOException {
        List<ScenarioResult> results = run(cut(FULL_PAGE, "12, how: [before, torn]"), fromSavePoints);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(SuiteFiles.whatFailed(result))
                        .isEqualTo(Verdict.PASSED));
        assertThat(settingsAfterTheCut(results)).isEqualTo(Map.of("12/before", "old", "12/torn", "new"));
    }

    @Test
    void aPageThatCountsTooEarlyHasNeitherSettings() throws IOException {
        List<ScenarioResult> results = run(cut(FULL_PAGE, "7, how: [after]").replace(MENDED, BROKEN), true);
        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(Verdict.FAILED));
        assertThat(settingsAfterTheCut(results).values()).containsOnly("neither");
    }

    @Test
    void saysHowManyWritesThereWere() throws IOException {
        List<ScenarioResult> results = run(cut(FULL_PAGE, "14, how: [torn]"), true);
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(result.problem()).contains("write 14 of the partition nvs, and there were 13");
        });
    }

    @Test
    void bootsTheOldImageWhenTheSwitchIsTorn() throws IOException {
        List<ScenarioResult> results = run(cut(SWITCH, "9, how: [torn]"), true);
        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.verdict())
                        .as(SuiteFiles.whatFailed(result))
                        .isEqualTo(Verdict.PASSED));
    }

    /** Its first write empties it, its 14th and last names what is in it. */
    @Test
    void aFileThatIsWrittenAnewHasNeitherSettingsFromItsFirstWriteToItsLast() throws IOException {
        Map<String, String> found = settingsAfterTheCut(run(cut(WRITTEN_ANEW, "1, how: [before, after]"), true));
        found.putAll(settingsAfterTheCut(run(cut(WRITTEN_ANEW, "14, how: [before, after]"), true)));
        assertThat(found)
                .isEqualTo(Map.of("1/before", "old", "1/after", "neither", "14/before", "neither", "14/after", "new"));
    }

    /** The second write programs the folder that the first erased, the fifth the table, the 14th names the new file. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 14})
    void ofTwoFilesOneIsWholeAndTheNextChangeIsKept(int write) throws IOException {
        assertThat(run(cut(IN_TURNS, write + ", how: [before]"), true))
                .singleElement()
                .satisfies(result -> assertThat(result.verdict())
                        .as(SuiteFiles.whatFailed(result))
                        .isEqualTo(Verdict.PASSED));
    }

    private List<ScenarioResult> run(String text, boolean fromSavePoints) {
        RigFactory rigs = new FirmwareRigs(
                FirmwareForTests.choice(new ProcessEmulator(), FirmwareForTests.assumeBuilt()),
                List.of(),
                FirmwareRigs.usualAtOnce(),
                null,
                fromSavePoints,
                null);
        CaseRunner runner = new CaseRunner(rigs, null, System::nanoTime);
        return SuiteFiles.cases("power.yaml", text).stream()
                .map(one -> runner.run(one, evidence.resolve(one.id().replace('/', '.')), entry -> {}))
                .toList();
    }

    /** By write and moment: what the URL says that the device dials when it has come back. */
    private static Map<String, String> settingsAfterTheCut(List<ScenarioResult> results) {
        Map<String, String> found = new TreeMap<>();
        for (ScenarioResult result : results) {
            JournalEntry lost = last(result, "power-lost");
            String url =
                    String.valueOf(last(result, "attempt-started").attributes().get("url"));
            found.put(
                    lost.attributes().get("write") + "/" + lost.attributes().get("moment"),
                    url.contains("?") ? url.substring(url.indexOf('?') + 1) : "neither");
        }
        return found;
    }

    private static JournalEntry last(ScenarioResult result, String kind) {
        return result.journal().stream()
                .filter(entry -> entry.kind().equals(kind))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** The file with other moments at which the power goes. */
    private static String cut(Path file, String moments) throws IOException {
        String text = Files.readString(file);
        assertThat(text).containsPattern(AT_WRITE);
        return AT_WRITE.matcher(text).replaceFirst("at-write: " + moments + " }");
    }
}
