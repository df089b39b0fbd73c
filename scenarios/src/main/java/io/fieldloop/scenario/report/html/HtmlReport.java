package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.report.jsonl.RecordJson;
import io.fieldloop.scenario.report.text.Translated;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run as one HTML file that needs nothing else: no network, no server, no other file.
 *
 * <p>The page is a resource; the run goes into it as JSON. Its content security policy names the hashes of the one style
 * and the one script and allows nothing else, so text that came over the wire can neither run nor load anything.
 */
public final class HtmlReport {
    /** All journals together; with the page itself the file stays below 20 MB. */
    static final long EVENT_BYTES_MAX = 15_000_000;

    /** In the order in which they need each other. */
    private static final List<String> SCRIPTS = List.of(
            "words.js",
            "timescale.js",
            "axes.js",
            "events.js",
            "reasons.js",
            "tracks.js",
            "labels.js",
            "timeline.js",
            "plots.js",
            "totals.js",
            "report.js");

    /** A reader opens the cases that did not pass, so their journals are cut last. */
    private static final int TROUBLE_WEIGHT = 8;

    /** So many entries of an expectation's evidence stay single where a journal has to be folded. */
    private static final int EVIDENCE_KEPT = 500;

    private HtmlReport() {}

    /**
     * Writes the page.
     *
     * @param journalOf where a case's journal lies, relative to the page
     * @param language of the page's words, the reasons' texts, and the bundled scenarios' titles, causes and fixes
     * @param out stays open; its encoding must be UTF-8
     */
    public static void write(
            RunResult run, Function<ScenarioResult, String> journalOf, Translation language, Writer out)
            throws IOException {
        write(run, journalOf, null, language, out);
    }

    /** Writes the page with what became otherwise since an earlier run at its top. */
    public static void write(
            RunResult run,
            Function<ScenarioResult, String> journalOf,
            @Nullable Compared compared,
            Translation language,
            Writer out)
            throws IOException {
        String style = resource("report.css");
        String script = script();
        String page = resource("report.html")
                .replace("{{lang}}", language.code())
                .replace("{{style-hash}}", hash(style))
                .replace("{{script-hash}}", hash(script))
                .replace("{{style}}", style);
        String[] around = page.split("\\{\\{data}}|\\{\\{script}}", -1);
        out.write(around[0]);
        data(Translated.of(run, language), journalOf, compared, language, out);
        out.write(around[1]);
        out.write(script);
        out.write(around[2]);
    }

    /** The page's script, from its parts. */
    static String script() {
        return SCRIPTS.stream().map(HtmlReport::resource).collect(Collectors.joining());
    }

    private static void data(
            RunResult run,
            Function<ScenarioResult, String> journalOf,
            @Nullable Compared compared,
            Translation language,
            Writer out)
            throws IOException {
        out.write("<script type=\"application/json\" id=\"run\">");
        PageJson.run(run, compared, out);
        out.write("</script>\n");
        out.write("<script type=\"application/json\" id=\"words\">");
        RecordJson.writeInsideHtml(PageWords.in(language), out);
        out.write("</script>\n");
        out.write("<script type=\"application/json\" id=\"events\">");
        EventJson.write(out);
        out.write("</script>\n");
        out.write("<script type=\"application/json\" id=\"reasons\">");
        ReasonJson.write(run, language, out);
        out.write("</script>\n");
        List<String> cases = cases(run.scenarios(), journalOf, language);
        for (int number = 0; number < cases.size(); number++) {
            out.write("<script type=\"application/json\" id=\"case-" + number + "\">");
            out.write(cases.get(number));
            out.write("</script>\n");
        }
    }

    /** On all processors: nothing else is left to do when a report is written. */
    private static List<String> cases(
            List<ScenarioResult> scenarios, Function<ScenarioResult, String> journalOf, Translation language) {
        List<EventSelection> selections = scenarios.parallelStream()
                .map(one -> new EventSelection(one.journal(), evidence(one)))
                .toList();
        long[] allowed = allowances(scenarios, selections);
        return IntStream.range(0, scenarios.size())
                .parallel()
                .mapToObj(number -> {
                    ScenarioResult one = scenarios.get(number);
                    List<ShownEvent> shown = selections.get(number).within(allowed[number]);
                    StringWriter text = new StringWriter();
                    try {
                        PageJson.scenario(one, journalOf.apply(one), shown, language, text);
                    } catch (IOException impossible) {
                        throw new UncheckedIOException("A string refused to grow", impossible);
                    }
                    return text.toString();
                })
                .toList();
    }

    private static long[] allowances(List<ScenarioResult> scenarios, List<EventSelection> selections) {
        long[] wanted =
                selections.stream().mapToLong(EventSelection::bytesWanted).toArray();
        int[] weights = scenarios.stream()
                .mapToInt(s -> s.verdict() == Verdict.PASSED ? 1 : TROUBLE_WEIGHT)
                .toArray();
        return SizeBudget.share(EVENT_BYTES_MAX, wanted, weights);
    }

    private static Set<Long> evidence(ScenarioResult scenario) {
        Set<Long> evidence = new HashSet<>();
        for (ExpectationResult expectation : scenario.expectations()) {
            expectation.evidence().stream().limit(EVIDENCE_KEPT).forEach(evidence::add);
        }
        return evidence;
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Resource " + name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
