package io.fieldloop.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseText;
import io.fieldloop.scenario.diagnose.CauseTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TranslationTest {
    private static final List<String> HEADINGS = List.of(
            "The device shows",
            "code",
            "When",
            "The server shows",
            "Usual causes, the most usual first",
            "Check",
            "Reproduce it",
            "Do",
            "Do: as above",
            "To tell",
            "Reproduce");

    @Test
    void chineseHasEveryTextAndNoOther() {
        Set<String> said = new TreeSet<>(HEADINGS);
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

        assertThat(minus(said, known)).as("texts that zh.yaml lacks").isEmpty();
        assertThat(minus(known, said))
                .as("texts of zh.yaml that nobody says any more")
                .isEmpty();
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
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
