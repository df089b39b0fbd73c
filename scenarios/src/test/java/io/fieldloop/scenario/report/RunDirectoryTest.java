package io.fieldloop.scenario.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.jsonl.JournalReader;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
    @TempDir
    private Path root;

    @Test
    void leavesTheFilesOfARun() throws IOException {
        RunDirectory files = create();
        files.write(SampleRun.mixed());

        assertThat(files.directory()).isEqualTo(root.resolve("2026-07-28T14-03-05Z"));
        assertThat(below(files.directory()))
                .containsExactly("journal", "junit.xml", "report.html", "result", "summary.txt");
        assertThat(below(files.journals())).hasSize(6).allMatch(name -> name.matches("[A-Za-z0-9._=,+-]+\\.jsonl"));
        assertThat(JournalReader.read(files.journalOf(SampleRun.expiry())))
                .isEqualTo(SampleRun.expiry().journal());
        assertThat(files.summary()).content().contains("6 cases: 4 passed, 1 failed, 1 inconclusive");
    }

    @Test
    void sameResultsGiveSameBytes() throws IOException {
        RunDirectory first = create();
        RunDirectory second = create();
        first.write(SampleRun.mixed());
        second.write(SampleRun.mixed());

        for (String file : List.of("report.html", "junit.xml", "summary.txt", "journal/load.reconnect-storm.jsonl")) {
            assertThat(first.directory().resolve(file))
                    .hasSameBinaryContentAs(second.directory().resolve(file));
        }
    }

    @Test
    void takesTheNextNameWhenItsOwnIsTaken() throws IOException {
        create();

        assertThat(create().directory()).hasFileName("2026-07-28T14-03-05Z-2");
        assertThat(create().directory()).hasFileName("2026-07-28T14-03-05Z-3");
        assertThat(root.resolve("latest").toRealPath()).hasFileName("2026-07-28T14-03-05Z-3");
        assertThat(below(root)).hasSize(4);
    }

    @Test
    void writesAPartialRunAndThenTheWholeOne() throws IOException {
        RunDirectory files = create();
        files.write(SampleRun.run(List.of(SampleRun.expiry()), 2));
        assertThat(files.summary()).content().contains("Stopped after 1 of 2 cases: 1 passed");
        assertThat(files.html()).content().contains("\"planned\":2");

        files.write(SampleRun.run(List.of(SampleRun.expiry(), SampleRun.failure()), 2));
        assertThat(files.summary()).content().contains("2 cases: 1 passed, 1 failed");
        assertThat(below(files.directory())).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void writesJunitToASecondPlaceAsWell() throws IOException {
        Path copy = root.resolve("ci/reports/fieldloop.xml");
        RunDirectory files = RunDirectory.create(root, SampleRun.STARTED, copy);
        files.write(SampleRun.mixed());

        assertThat(copy).hasSameBinaryContentAs(files.directory().resolve("junit.xml"));
        assertThat(files.junit()).isEqualTo(copy);
    }

    @Test
    void saysInOneSentenceWhenThereIsNoWriting() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> RunDirectory.create(file, SampleRun.STARTED, null))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Run directory below " + file + " could not be made: ")
                .hasMessageEndingWith("name another with --out");
    }

    @Test
    void saysBeforeTheRunThatTheJunitCopyCannotBeWritten() {
        assertThatThrownBy(() -> RunDirectory.create(root, SampleRun.STARTED, root))
                .isInstanceOf(IOException.class)
                .hasMessage("JUnit report " + root + " could not be written: it is a directory;"
                        + " expected a file that can be written to, name another with --junit");
    }

    @Test
    void aJunitCopyThatFailsLeavesTheOtherReports() throws IOException {
        Path beneathAFile = Files.writeString(root.resolve("file"), "").resolve("junit.xml");
        RunDirectory files = RunDirectory.create(root, SampleRun.STARTED, beneathAFile);

        assertThatThrownBy(() -> files.write(SampleRun.mixed()))
                .hasMessageStartingWith("JUnit report " + beneathAFile + " could not be written: ");
        assertThat(below(files.directory())).contains("report.html", "junit.xml", "summary.txt");
        assertThat(files.junit()).isEqualTo(files.directory().resolve("junit.xml"));
    }

    @Test
    void caseNamesBecomeFileNamesThatDoNotMeet() throws IOException {
        RunDirectory files = create();

        assertThat(name(files, "tls/expires[key=rsa]", RigKind.VIRTUAL)).isEqualTo("tls.expires_key=rsa.jsonl");
        assertThat(name(files, "tls/expires[key=RSA]", RigKind.VIRTUAL)).isEqualTo("tls.expires_key=RSA-2.jsonl");
        assertThat(name(files, "tls/expires[key=rsa]", RigKind.SOCKET)).isEqualTo("tls.expires_key=rsa-3.jsonl");
        assertThat(name(files, "tls/expires[key=rsa]", RigKind.VIRTUAL)).isEqualTo("tls.expires_key=rsa.jsonl");
        assertThat(name(files, "../../x[url=wss://a:1/?*\"\u0000]", RigKind.VIRTUAL))
                .isEqualTo("x_url=wss-..a-1.----.jsonl");
        assertThat(name(files, "x".repeat(999), RigKind.VIRTUAL)).hasSizeLessThan(130);
    }

    private RunDirectory create() throws IOException {
        return RunDirectory.create(root, SampleRun.STARTED, null);
    }

    private static String name(RunDirectory files, String id, RigKind rig) {
        ScenarioResult s = SampleRun.expiry();
        ScenarioResult named = new ScenarioResult(
                id,
                s.about(),
                rig,
                s.seed(),
                s.verdict(),
                s.problem(),
                s.expectations(),
                s.journal(),
                s.simulated(),
                s.wall(),
                s.repeat());
        return files.journalOf(named).getFileName().toString();
    }

    private static List<String> below(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void takesEvidenceThatEachPartOfARunHasOnce() throws IOException {
        RunDirectory whole = RunDirectory.in(root.resolve("whole"), null);
        for (String part : List.of("1", "2")) {
            Path counted = Files.createDirectories(root.resolve(part).resolve("evidence/counted"));
            Files.writeString(counted.resolve("door.uart.log"), "of part " + part);
            whole.takeEvidence(root.resolve(part));
        }

        assertThat(root.resolve("whole/evidence/counted/door.uart.log")).hasContent("of part 1");
    }
}
