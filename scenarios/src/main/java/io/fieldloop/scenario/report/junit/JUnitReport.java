package io.fieldloop.scenario.report.junit;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.report.text.RunSummary;
import io.fieldloop.scenario.report.text.StepNotes;
import io.fieldloop.scenario.report.text.Story;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.report.text.Tolerated;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * Writes a run as JUnit XML: a suite per folder, a test case per case.
 *
 * <p>A failed case is a {@code failure}. An inconclusive one is an {@code error}, not {@code skipped}: CI systems show a
 * skipped test in the colour of success, and nothing concluded is no success. A run cut short has one more case in
 * error, so that its file cannot be taken for a complete one.
 */
public final class JUnitReport {
    private static final int EVIDENCE_LINES_MAX = 40;

    private final XmlElements xml;
    private final Function<ScenarioResult, Optional<Path>> attachmentOf;

    private JUnitReport(XmlElements xml, Function<ScenarioResult, Optional<Path>> attachmentOf) {
        this.xml = xml;
        this.attachmentOf = attachmentOf;
    }

    /**
     * Writes the whole file.
     *
     * @param attachmentOf the file that is to be shown beside a case that did not pass; GitLab and Jenkins look for
     *     {@code [[ATTACHMENT|path]]} in what the case printed
     * @param out must encode UTF-8 and stays open
     */
    public static void write(RunResult run, Function<ScenarioResult, Optional<Path>> attachmentOf, Writer out)
            throws IOException {
        try {
            XmlElements xml = new XmlElements(out);
            new JUnitReport(xml, attachmentOf).run(run);
            xml.finish();
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException unwritable
                    ? unwritable
                    : new IOException("no XML can be made of it: " + e.getMessage(), e);
        }
    }

    private void run(RunResult run) throws XMLStreamException {
        int missing = run.interrupted() ? 1 : 0;
        xml.start("testsuites");
        xml.attribute("name", "fieldloop");
        counts(run.scenarios(), missing, run.wall());
        Map<String, List<ScenarioResult>> suites = run.scenarios().stream()
                .collect(Collectors.groupingBy(
                        s -> TestCaseName.of(s.id()).className(), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<ScenarioResult>> suite : suites.entrySet()) {
            suite(suite.getKey(), suite.getValue(), run);
        }
        if (run.interrupted()) {
            interruption(run);
        }
        xml.end();
    }

    private void suite(String name, List<ScenarioResult> scenarios, RunResult run) throws XMLStreamException {
        Duration wall = scenarios.stream().map(ScenarioResult::wall).reduce(Duration.ZERO, Duration::plus);
        xml.start("testsuite");
        xml.attribute("name", name);
        counts(scenarios, 0, wall);
        xml.attribute("timestamp", run.started().toString());
        xml.start("properties");
        property("command", run.command());
        property(
                "rig",
                distinct(scenarios.stream()
                        .map(result -> result.rig().wireName())
                        .toList()));
        property("seed", distinct(scenarios.stream().map(s -> s.seed() + "").toList()));
        xml.end();
        for (ScenarioResult scenario : scenarios) {
            testCase(scenario);
        }
        xml.end();
    }

    private void counts(List<ScenarioResult> scenarios, int more, Duration wall) throws XMLStreamException {
        xml.attribute("tests", scenarios.size() + more + "");
        xml.attribute("failures", count(scenarios, Verdict.FAILED) + "");
        xml.attribute("errors", count(scenarios, Verdict.INCONCLUSIVE) + more + "");
        xml.attribute("skipped", "0");
        xml.attribute("time", seconds(wall));
    }

    private void testCase(ScenarioResult scenario) throws XMLStreamException {
        TestCaseName name = TestCaseName.of(scenario.id());
        xml.start("testcase");
        xml.attribute("name", name.name());
        xml.attribute("classname", name.className());
        xml.attribute("file", scenario.about().position().file());
        xml.attribute("line", scenario.line() + "");
        xml.attribute("time", seconds(scenario.wall()));
        xml.start("properties");
        property("seed", scenario.seed() + "");
        property("rig", scenario.rig().wireName());
        property("simulated-seconds", seconds(scenario.simulated()));
        property("repeat", scenario.repeat());
        xml.end();
        if (scenario.verdict() != Verdict.PASSED) {
            verdict(scenario);
        }
        xml.textElement("system-out", output(scenario));
        xml.end();
    }

    private void verdict(ScenarioResult scenario) throws XMLStreamException {
        boolean failed = scenario.verdict() == Verdict.FAILED;
        xml.start(failed ? "failure" : "error");
        xml.attribute("type", scenario.verdict().wireName());
        xml.attribute("message", message(scenario));
        StringBuilder text = new StringBuilder();
        if (scenario.problem() != null) {
            text.append(scenario.problem()).append('\n');
        }
        for (ExpectationResult expectation : scenario.expectations()) {
            if (expectation.verdict() != Verdict.PASSED) {
                RunSummary.trouble(scenario, expectation, EVIDENCE_LINES_MAX)
                        .forEach(line -> text.append(line).append('\n'));
            }
        }
        text.append("repeat: ").append(scenario.repeat()).append('\n');
        xml.text(text.toString());
        xml.end();
    }

    private static String message(ScenarioResult scenario) {
        if (scenario.problem() != null && scenario.verdict() != Verdict.FAILED) {
            return scenario.problem().lines().findFirst().orElse("");
        }
        List<ExpectationResult> troubled = scenario.troubled();
        int more = troubled.size() - 1;
        return troubled.isEmpty()
                ? ""
                : troubled.get(0).sentence()
                        + (more > 0 ? " (" + more + (more == 1 ? " expectation" : " expectations") + " more)" : "");
    }

    private String output(ScenarioResult scenario) {
        List<String> lines = new ArrayList<>();
        lines.add(scenario.title());
        lines.add("verdict: " + scenario.verdict().wireName() + ", rig: "
                + scenario.rig().wireName() + ", seed: " + scenario.seed() + ", simulated: "
                + TimeText.of(scenario.simulated()));
        lines.addAll(StepNotes.of(scenario, Translation.english()));
        lines.addAll(Tolerated.of(scenario));
        lines.addAll(Story.of(scenario));
        lines.add("repeat: " + scenario.repeat());
        if (scenario.verdict() != Verdict.PASSED) {
            attachmentOf.apply(scenario).ifPresent(file -> lines.add("[[ATTACHMENT|" + file + "]]"));
        }
        return String.join("\n", lines) + "\n";
    }

    private void interruption(RunResult run) throws XMLStreamException {
        String message = (run.merged() ? "Parts of the run are missing: " : "The run was stopped: ")
                + run.scenarios().size() + " of " + run.planned() + " cases ran";
        xml.start("testsuite");
        xml.attribute("name", "fieldloop");
        counts(List.of(), 1, Duration.ZERO);
        xml.attribute("timestamp", run.started().toString());
        xml.start("testcase");
        xml.attribute("name", "run is complete");
        xml.attribute("classname", "fieldloop");
        xml.attribute("time", seconds(Duration.ZERO));
        xml.start("error");
        xml.attribute("type", "interrupted");
        xml.attribute("message", message);
        xml.end();
        xml.end();
        xml.end();
    }

    private void property(String name, String value) throws XMLStreamException {
        xml.start("property");
        xml.attribute("name", name);
        xml.attribute("value", value);
        xml.end();
    }

    private static long count(Collection<ScenarioResult> scenarios, Verdict verdict) {
        return scenarios.stream().filter(s -> s.verdict() == verdict).count();
    }

    private static String distinct(List<String> values) {
        return values.stream().distinct().collect(Collectors.joining(", "));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
