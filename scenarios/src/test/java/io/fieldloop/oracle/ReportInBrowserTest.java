package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.report.html.HtmlReport;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser. */
final class ReportInBrowserTest {
    private static final int CASES = 10_000;

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsABrowser() {
        Chromium.assumeInstalled();
    }

    @Test
    void tenThousandCasesAreListedFilteredAndOpened() throws IOException {
        List<JournalEntry> journal = SampleRun.mixed().scenarios().get(0).journal();
        List<ScenarioResult> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(SampleRun.withJournal("many/case-" + i, Verdict.PASSED, journal));
        }
        Path page = directory.resolve("report.html");
        try (Writer out = Files.newBufferedWriter(page)) {
            HtmlReport.write(SampleRun.run(cases, CASES), result -> "journal/x.jsonl", Translation.english(), out);
        }
        try (Chromium browser = new Chromium()) {
            browser.open(page.toUri());
            OutsideProgram.patiently()
                    .untilAsserted(() -> assertThat(browser.run("return document.querySelectorAll('.case').length")
                                    .asInt())
                            .isEqualTo(CASES));

            browser.run("const text = document.querySelector('.filter input'); text.value = 'case-9999';"
                    + "text.dispatchEvent(new Event('input'))");
            browser.run("document.querySelector('.case:not([hidden]) .case-head').click()");

            assertThat(browser.run("return document.querySelector('.case.open').id")
                            .asText())
                    .isEqualTo("case=many/case-9999");
            assertThat(browser.run("return document.querySelectorAll('.case-body > *').length")
                            .asInt())
                    .as("only the case that was opened is built")
                    .isLessThan(20);
        }
    }
}
