package io.fieldloop.scenario.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.SampleJournal;
import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> ' \" & \u2028\u202e";

    @Test
    void loadsNothing() throws IOException {
        String page = page(SampleRun.mixed());

        assertThat(page).doesNotContainPattern("(?i)<(link|img|iframe|object|embed|base)\\b");
        assertThat(page).doesNotContainPattern("(?i)\\b(src|action|srcset)\\s*=\\s*[\"']");
        assertThat(page)
                .doesNotContain("@import")
                .doesNotContain("url(")
                .doesNotContain("fetch(")
                .doesNotContain("XMLHttpRequest");
        assertThat(withoutData(page).replace("http://www.w3.org/2000/svg", "")).doesNotContainPattern("https?://[a-z]");
    }

    @Test
    void policyAllowsItsOwnScriptAndStyleAndNothingElse() throws Exception {
        String page = page(SampleRun.mixed());
        String script = only(page, "<script>(.*?)</script>");
        String style = only(page, "<style>(.*?)</style>");

        assertThat(only(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\""))
                .startsWith("default-src 'none';")
                .contains("script-src 'sha256-" + sha256(script) + "'")
                .contains("style-src 'sha256-" + sha256(style) + "'")
                .doesNotContain("unsafe");
        assertThat(page).doesNotContainPattern("\\son[a-z]+=\"").doesNotContainPattern("<[^>]* style=\"");
    }

    @Test
    void scriptNeverMakesMarkupOfData() throws IOException {
        assertThat(only(page(SampleRun.mixed()), "<script>(.*?)</script>"))
                .doesNotContain("innerHTML")
                .doesNotContain("outerHTML")
                .doesNotContain("insertAdjacentHTML")
                .doesNotContain("document.write")
                .doesNotContain("eval(");
    }

    @Test
    void hostileTextCannotLeaveItsElement() throws IOException {
        ScenarioResult harmless = SampleRun.withJournal("a/b", Verdict.FAILED, journal("text", 1));
        ScenarioResult hostile = new ScenarioResult(
                HOSTILE,
                new About(
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        List.of("javascript:alert(3)", HOSTILE),
                        List.of(HOSTILE),
                        new SourcePosition(HOSTILE, 1, 1)),
                harmless.rig(),
                1,
                Verdict.FAILED,
                HOSTILE,
                harmless.expectations(),
                journal(HOSTILE, 1),
                harmless.simulated(),
                harmless.wall(),
                HOSTILE);
        String plain = page(SampleRun.run(List.of(harmless), 1));
        String attacked = page(new RunResult(SampleRun.STARTED, harmless.wall(), List.of(hostile), 1, HOSTILE));

        assertThat(count(attacked, "<script")).isEqualTo(count(plain, "<script"));
        assertThat(count(attacked, "</script")).isEqualTo(count(plain, "</script"));
        assertThat(count(attacked, "<!--")).isZero();
        assertThat(attacked).doesNotContain("<img").doesNotContain("\u202e").doesNotContain("\u2028");
        assertThat(parsed(attacked)).contains(HOSTILE);
    }

    @Test
    void showsASmallJournalWhole() throws IOException {
        assertThat(parsed(page(SampleRun.mixed())))
                .contains(SampleRun.RDP, "certificate-expired", "mbedtls_ssl_handshake returned -0x2700");
    }

    @Test
    void explainsTheReasonsThatOccurredAndNoOthers() throws IOException {
        String reasons = only(page(SampleRun.mixed()), "id=\"reasons\">(.*?)</script>");

        assertThat(reasons)
                .contains("device/certificate-expired", "tls/certificate-expired[device=checks-dates]")
                .doesNotContain("device/dns-failure");
    }

    @Test
    void staysBelowTwentyMegabytesWithAHundredThousandEvents() throws IOException {
        ScenarioResult big = SampleRun.withJournal("load/big", Verdict.FAILED, journal("x".repeat(150), 100_000));
        String page = page(SampleRun.run(List.of(big), 1));

        assertThat(page.length()).isLessThan(20_000_000);
        assertThat(eventsToldOf(page)).isEqualTo(100_000);
    }

    @Test
    void countsTheActorsOfALaneAlsoWhereTheirEventsAreFolded() throws IOException {
        List<JournalEntry> journal = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            journal.add(new JournalEntry(i, i, Lane.DEVICE, "fleet#" + (i % 6000 + 1), "online", Map.of()));
        }
        String page = page(SampleRun.run(List.of(SampleRun.withJournal("load/big", Verdict.PASSED, journal)), 1));

        assertThat(page).contains("\"actors\":{\"device\":6000}");
    }

    @Test
    void staysBelowTwentyMegabytesWithFiveHundredCasesOfHostileText() throws IOException {
        List<JournalEntry> journal = journal("<\u0001".repeat(400), 40);
        List<ScenarioResult> cases = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            cases.add(SampleRun.withJournal("many/case-" + i, i % 9 == 0 ? Verdict.FAILED : Verdict.PASSED, journal));
        }
        String page = page(SampleRun.run(cases, 500));

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000_000);
        assertThat(eventsToldOf(page)).isEqualTo(500 * 40);
    }

    private static List<JournalEntry> journal(String text, int entries) {
        SampleJournal journal = new SampleJournal();
        for (int i = 0; i < entries; i++) {
            journal.add(i, Lane.GATEWAY, "gateway", "handshake-refused", "reason", "rdp-scan", "first-bytes", text);
        }
        return journal.entries();
    }

    private static String page(RunResult run) throws IOException {
        StringWriter page = new StringWriter();
        HtmlReport.write(run, scenario -> "journal/x.jsonl", Translation.english(), page);
        return page.toString();
    }

    private static String withoutData(String page) {
        return page.replaceAll("(?s)<script type=\"application/json\".*?</script>", "");
    }

    private static List<String> data(String page) {
        return Pattern.compile("<script type=\"application/json\"[^>]*>(.*?)</script>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** All strings in the page's data. */
    private static List<String> parsed(String page) throws IOException {
        List<String> strings = new ArrayList<>();
        for (String json : data(page)) {
            try (JsonParser parser = new JsonFactory().createParser(json)) {
                while (parser.nextToken() != null) {
                    strings.add(parser.getText());
                }
            }
        }
        return strings;
    }

    /** Rows of the page, folded ones by the number they stand for. */
    private static long eventsToldOf(String page) throws IOException {
        long events = 0;
        for (String json : data(page)) {
            for (MatchResult row : Pattern.compile(
                            "\"gateway\",\"[a-z-]+\",\\{[^}]*}(?:,(\\d+),\\d+)?]|\"\\*\",\"not-shown\",\\{},(\\d+)")
                    .matcher(json)
                    .results()
                    .toList()) {
                String count = row.group(1) == null ? row.group(2) : row.group(1);
                events += count == null ? 1 : Long.parseLong(count);
            }
        }
        return events;
    }

    private static String only(String page, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static int count(String page, String part) {
        return page.split(Pattern.quote(part), -1).length - 1;
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }
}
