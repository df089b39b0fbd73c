package io.fieldloop.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseText;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.log.SignPatterns;
import io.fieldloop.scenario.diagnose.number.NumberTexts;
import io.fieldloop.scenario.loader.ExampleFiles;
import io.fieldloop.scenario.model.RigChoice;
import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.report.html.PageWords;
import io.fieldloop.scenario.report.text.Translated;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class TranslationTest {
    @Test
    void chineseHasEveryTextAndNoOther() {
        Set<String> said = new TreeSet<>(listed("texts"));
        said.addAll(SignPatterns.texts());
        said.addAll(NumberTexts.all());
        said.addAll(PageWords.all());
        for (SuiteCase one : Cases.of(List.of()).found()) {
            About about = About.of(one.scenario());
            Stream.of(about.title(), about.why(), about.fix())
                    .filter(Objects::nonNull)
                    .map(Translated::oneLine)
                    .forEach(said::add);
            Stream.of(one.scenario().only(), one.scenario().except())
                    .filter(Objects::nonNull)
                    .map(RigChoice::because)
                    .forEach(said::add);
        }
        for (Side side : Side.values()) {
            said.add(side.title());
        }
        for (Explanation one : Explanations.bundled().all()) {
            said.add(one.meaning());
            said.add(one.timing());
            said.addAll(one.server());
            said.addAll(one.causes());
            said.addAll(one.checks());
            if (one.deviceNote() != null) {
                said.add(one.deviceNote());
            }
        }
        for (CauseText one : CauseTexts.bundled().all()) {
            said.add(one.means());
            said.addAll(one.fix());
        }

        Set<String> known = Translation.to("zh").known();

        assertThat(minus(said, known))
                .as("texts that zh.yaml, zh-report.yaml (the reports) or zh-suite.yaml (scenario, why, fix) lacks")
                .isEmpty();
        assertThat(minus(known, said))
                .as("texts of these files that nobody says any more")
                .isEmpty();
    }

    /** What is listed beside this test, of one kind. */
    @SuppressWarnings("unchecked") // what the file is like
    private static List<String> listed(String kind) {
        InputStream file = Objects.requireNonNull(TranslationTest.class.getResourceAsStream("said.yaml"));
        var said = (Map<String, Map<String, List<String>>>)
                new Load(LoadSettings.builder().build()).loadFromInputStream(file);
        return said.get(kind).values().stream().flatMap(List::stream).toList();
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** {@code check} of the files beside this test, and of all that the loader's test has, says each of these sentences, and no other. */
    @Test
    void chineseHasEverySentenceOfTheCheckedFilesAndNoOther() throws Exception {
        Set<String> parts = new TreeSet<>();
        UnaryOperator<String> noted = part -> {
            parts.add(part);
            return part;
        };
        Path files = Path.of(TranslationTest.class.getResource("checked").toURI());
        List<String> checked = new ArrayList<>(List.of(files.toString()));
        ExampleFiles.broken().stream().map(Path::toString).forEach(checked::add);
        Cases.of(checked).problems().forEach(problem -> problem.sentence(noted));
        parts.addAll(CaptureSentences.stillSaid());
        parts.addAll(listed("sentences"));
        listed("several").forEach(said -> parts.addAll(List.of(said.split("(?<=\\.) (?=[A-Z])"))));
        Translation chinese = Translation.to("zh");

        assertThat(parts).allSatisfy(part -> assertThat(chinese.sentence(part)).isNotEqualTo(part));
        assertThat(chinese.forms())
                .as("sentences that are said no more")
                .filteredOn(form -> parts.stream().noneMatch(form.asMatchPredicate()))
                .isEmpty();
    }

    @Test
    void aSentenceWithoutGapsIsNotTakenForAFormThatItFits() {
        assertThat(Translation.to("zh").sentence("sent with the same time to live as the server's other packets"))
                .isEqualTo("其 TTL 与服务器的其他包相同");
    }

    @Test
    void chineseHasEverySentenceOfTheJudgesOfCapturesAndLogs() throws Exception {
        assertThat(CaptureSentences.untranslated()).isEmpty();
    }

    @Test
    void aBundledScenarioIsToldInTheLanguageAndOnesOwnStaysAsItIs() {
        Translation chinese = Translation.to("zh");
        ScenarioResult any = SampleRun.withJournal("a/b", Verdict.PASSED, List.of());
        About bundled = new About(
                "The host name does not resolve",
                "A typo in the address,\n or a name that only the office's name server knows. The device fails before it"
                        + " connects to anything.\n",
                "My own\nfix",
                List.of(),
                List.of(),
                any.about().position());
        ScenarioResult result = new ScenarioResult(
                any.id(),
                bundled,
                any.rig(),
                1,
                any.verdict(),
                null,
                List.of(),
                List.of(),
                any.simulated(),
                any.wall(),
                "");

        About told = Translated.of(result, chinese).about();

        assertThat(told.title()).isEqualTo("主机名无法解析");
        assertThat(told.why()).startsWith("地址写错");
        assertThat(told.fix()).isEqualTo("My own\nfix");
    }

    @Test
    void whatIsNamedInASentenceStaysAsItIs() {
        assertThat(Translation.to("zh").sentence("unknown device \"a {0} $1\"")).isEqualTo("没有名为 \"a {0} $1\" 的设备");
    }

    @Test
    void crashesOfSeveralDevicesAreToldOneAfterTheOther() {
        assertThat(
                        Translation.to("zh")
                                .sentences(
                                        "door panicked once, LoadProhibited; reset 3 times (the first at 1.200s). gate was reset by"
                                                + " its watchdog 2 times, TG1WDT (the first at 2.000s). 2 devices more crashed."))
                .isEqualTo("door panic 1 次（LoadProhibited），复位 3 次（第一次在 1.200s）。gate 被看门狗复位 2 次（TG1WDT），第一次在"
                        + " 2.000s。另有 2 台设备崩溃。");
    }

    @Test
    void aMomentOfTheJournalIsToldInTheLanguage() {
        ScenarioResult any = SampleRun.withJournal("a/b", Verdict.PASSED, List.of());
        ScenarioResult result = new ScenarioResult(
                any.id(),
                any.about(),
                any.rig(),
                1,
                any.verdict(),
                null,
                List.of(new ExpectationResult(
                        "e",
                        "a.yaml:5",
                        Verdict.PASSED,
                        "All 2 did, the last: door online at 1m 00.787s (elapsed 793 ms, reason x, host-name a)",
                        List.of())),
                List.of(),
                any.simulated(),
                any.wall(),
                "");

        assertThat(Translated.of(result, Translation.to("zh"))
                        .expectations()
                        .get(0)
                        .explanation())
                .isEqualTo("全部 2 个都符合，最后一个：door online 于 1m 00.787s (耗时 793 ms, 原因 x, host-name a)");
    }

    @Test
    void headingsAndTextsAreInTheLanguage() {
        Translation chinese = Translation.to("zh");
        Explanation refused =
                Explanations.bundled(chinese).named("accept-missing").get(0);

        assertThat(ExplanationText.lines(refused, chinese))
                .contains(
                        "accept-missing: 设备给出的原因",
                        "  101 应答里没有这个客户端能找到的 Sec-WebSocket-Accept 头。",
                        "常见原因，最常见的在前",
                        "  fieldloop run 'websocket/accept-missing-or-wrong[accept=missing]'");
    }

    @Test
    void chineseIsBrokenWhereTheTerminalEnds() {
        List<String> lines = new ArrayList<>();

        Paragraph.wrap("链".repeat(60), "  ", lines);

        assertThat(lines).containsExactly("  " + "链".repeat(49), "    " + "链".repeat(11));
    }

    @Test
    void languageIsThatOfTheLocale() {
        assertThat(Translation.languageOf(Map.of("LANG", "zh_CN.UTF-8"))).isEqualTo("zh");
        assertThat(Translation.languageOf(Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "C")))
                .isEqualTo("en");
        assertThat(Translation.languageOf(Map.of())).isEqualTo("en");
    }
}
