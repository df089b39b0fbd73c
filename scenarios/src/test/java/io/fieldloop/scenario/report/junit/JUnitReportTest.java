package io.fieldloop.scenario.report.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class JUnitReportTest {
    @Test
    void givesASuitePerSubjectAndATestCasePerCase() throws Exception {
        Document report = parse(SampleRun.mixed());

        assertThat(attributes(report, "testsuite", "name"))
                .containsExactly(
                        "fieldloop.tls", "fieldloop.scan", "fieldloop.handshake", "fieldloop.link", "fieldloop.load");
        assertThat(attributes(report, "testcase", "name"))
                .contains("certificate-expires-in-the-field", "rdp-mstshash[stance=hardened]");
        assertThat(attributes(report, "testcase", "classname")).contains("fieldloop.tls", "fieldloop.scan");
        assertThat(report.getDocumentElement().getAttribute("tests")).isEqualTo("6");
        assertThat(report.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(report.getDocumentElement().getAttribute("errors")).isEqualTo("1");
    }

    @Test
    void aSuiteIsCalledAsTheClassOfItsCasesAndEachCaseSaysWhereItStands() throws Exception {
        Document report = parse(SampleRun.mixed());

        for (Element suite : all(report, "testsuite")) {
            NodeList cases = suite.getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                assertThat(((Element) cases.item(i)).getAttribute("classname")).isEqualTo(suite.getAttribute("name"));
            }
        }
        assertThat(attributes(report, "testcase", "file")).containsOnly("scenarios/suite/sample.yaml");
        assertThat(attributes(report, "testcase", "line")).contains("1", "22");
    }

    @Test
    void messageIsOneSentenceAndSaysHowManyMoreThereAre() throws Exception {
        ExpectationResult failed = new ExpectationResult(
                "{ device: door, is: online }",
                "a.yaml:7",
                Verdict.FAILED,
                "Expected door to be online as described; seen instead: nothing. At another time it did: door online.",
                List.of());
        ScenarioResult one = SampleRun.withExpectations("a/b", List.of(failed, failed));

        assertThat(all(parse(SampleRun.run(List.of(one), 1)), "failure").get(0).getAttribute("message"))
                .isEqualTo("Expected door to be online as described; seen instead: nothing. (1 expectation more)");
    }

    @Test
    void aCrashOfFirmwareIsTheMessageAndNotTheWaitItSpoilt() throws Exception {
        Element failure = all(parse(SampleRun.run(List.of(SampleRun.crashed()), 1)), "failure")
                .get(0);

        assertThat(failure.getAttribute("message"))
                .isEqualTo("door panicked 2 times, LoadProhibited; reset 3 times (the first at 3.000s).");
        assertThat(failure.getTextContent()).contains("was not ready within 60 s");
    }

    @Test
    void aToleratedCrashIsToldInTheOutputOfItsCase() throws Exception {
        Document report = parse(SampleRun.run(List.of(SampleRun.crashTolerated()), 1));

        assertThat(all(report, "failure")).isEmpty();
        assertThat(all(report, "system-out").get(0).getTextContent())
                .contains("tolerated  door panicked 2 times, LoadProhibited");
    }

    @Test
    void keepsToTheShapeCiSystemsRead() throws Exception {
        Document report = parse(SampleRun.mixed());

        Map<String, Set<String>> children = Map.of(
                "testsuites", Set.of("testsuite"),
                "testsuite", Set.of("properties", "testcase"),
                "testcase", Set.of("properties", "failure", "error", "system-out"),
                "properties", Set.of("property"));
        for (Element element : all(report, "*")) {
            assertThat(children.getOrDefault(element.getTagName(), Set.of()))
                    .as(element.getTagName())
                    .containsAll(childNames(element));
        }
        for (Element suite : all(report, "testsuite")) {
            assertThat(suite.getAttribute("tests"))
                    .isEqualTo(childNames(suite).stream()
                                    .filter("testcase"::equals)
                                    .count() + "");
            assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-07-28T14:03:05Z");
        }
        assertThat(all(report, "testcase"))
                .allSatisfy(c -> assertThat(c.getAttribute("time")).isEqualTo("0.120"));
        assertThat(attributes(report, "property", "name")).contains("seed", "rig", "command", "repeat");
    }

    @Test
    void failureCarriesExpectationReasonJournalAndRepeatCommand() throws Exception {
        Element failure = all(parse(SampleRun.mixed()), "failure").get(0);

        assertThat(failure.getAttribute("message")).contains("expected door to be refused with hello-timeout");
        assertThat(failure.getTextContent())
                .contains("{ device: door, is: refused, reason: hello-timeout")
                .contains("10.050s  door  online  elapsed=10.050 s")
                .contains("repeat: java -jar");
    }

    @Test
    void inconclusiveIsAnErrorAndNeverLooksLikeAPass() throws Exception {
        Element error = all(parse(SampleRun.mixed()), "error").get(0);

        assertThat(error.getAttribute("type")).isEqualTo("inconclusive");
        assertThat(error.getAttribute("message"))
                .contains("cannot observe NAT expiry")
                .endsWith("its console:");
        assertThat(error.getTextContent()).contains("its console:\n    I (12) wifi: connected\n");
    }

    @Test
    void interruptedRunIsInError() throws Exception {
        Document report = parse(SampleRun.run(List.of(SampleRun.expiry()), 25));

        assertThat(all(report, "error").get(0).getAttribute("message"))
                .isEqualTo("The run was stopped: 1 of 25 cases ran");
        assertThat(report.getDocumentElement().getAttribute("errors")).isEqualTo("1");
        assertThat(report.getDocumentElement().getAttribute("tests")).isEqualTo("2");
    }

    @Test
    void survivesTextThatXmlCannotHold() throws Exception {
        ScenarioResult hostile =
                SampleRun.withJournal("a\u0000\u001b]]>&<b[x=\"\ufffe\ud800']", Verdict.FAILED, List.of());
        Document report = parse(SampleRun.run(List.of(hostile), 1));

        assertThat(attributes(report, "testcase", "name")).containsExactly("a\\x00\\x1b]]>&<b[x=\"\\ufffe\\ud800']");
    }

    @Test
    void matrixValuesMayHoldSlashes() {
        assertThat(TestCaseName.of("tls/deep/renewal[url=wss://a/b]"))
                .isEqualTo(new TestCaseName("tls/deep", "renewal[url=wss://a/b]"));
        assertThat(TestCaseName.of("alone[url=wss://a]"))
                .isEqualTo(new TestCaseName("scenarios", "alone[url=wss://a]"));
        assertThat(List.of("a.b/x", "a_b/x", "a%2Eb/x"))
                .extracting(id -> TestCaseName.of(id).className())
                .containsExactly("fieldloop.a%2Eb", "fieldloop.a_b", "fieldloop.a%252Eb");
    }

    private static Document parse(RunResult run) throws Exception {
        String xml = text(run);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String text(RunResult run) throws IOException {
        StringWriter xml = new StringWriter();
        JUnitReport.write(run, result -> Optional.empty(), xml);
        return xml.toString();
    }

    private static List<Element> all(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> childNames(Element element) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < element.getChildNodes().getLength(); i++) {
            if (element.getChildNodes().item(i) instanceof Element child) {
                names.add(child.getTagName());
            }
        }
        return names;
    }

    private static List<String> attributes(Document document, String tag, String name) {
        return all(document, tag).stream()
                .map(element -> element.getAttribute(name))
                .toList();
    }
}
