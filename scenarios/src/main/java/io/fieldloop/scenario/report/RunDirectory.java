package io.fieldloop.scenario.report;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.html.HtmlReport;
import io.fieldloop.scenario.report.jsonl.JournalWriter;
import io.fieldloop.scenario.report.junit.JUnitReport;
import io.fieldloop.scenario.report.result.ManifestJson;
import io.fieldloop.scenario.report.result.ResultJson;
import io.fieldloop.scenario.report.result.RunManifest;
import io.fieldloop.scenario.report.text.RunSummary;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory one run leaves behind: journals, JUnit XML, HTML report, summary.
 *
 * <p>Writing may happen at any time, with as many results as there are, and again with more of them: Ctrl-C writes the
 * reports of what finished. Each file appears whole or not at all.
 */
public final class RunDirectory {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String LATEST = "latest";
    private static final String JUNIT_HINT = "expected a file that can be written to, name another with --junit";

    private final Path directory;
    private final @Nullable Path junitCopy;
    private final CaseFileNames names = new CaseFileNames();
    private final Set<Path> written = new HashSet<>();
    private final Translation language;
    private boolean copied;

    private RunDirectory(Path directory, @Nullable Path junitCopy, Translation language) {
        this.directory = directory;
        this.junitCopy = junitCopy;
        this.language = language;
    }

    /** The same, with the HTML report in this language; what programs read stays English. */
    public RunDirectory speaking(Translation reading) {
        return new RunDirectory(directory, junitCopy, reading);
    }

    /**
     * Makes a new directory below {@code root}, named by the start time: {@code 2026-07-28T14-03-05Z}, with {@code -2}
     * and so on where that is taken. {@code root/latest} becomes a link to it where links are possible.
     *
     * @param junitCopy where a second copy of the JUnit XML goes, or null
     * @throws IOException in one sentence when there is no writing there; better now than after a long run
     */
    public static RunDirectory create(Path root, Instant started, @Nullable Path junitCopy) throws IOException {
        if (junitCopy != null && Files.isDirectory(junitCopy)) {
            throw new IOException(
                    "JUnit report " + junitCopy + " could not be written: it is a directory; " + JUNIT_HINT);
        }
        try {
            Files.createDirectories(root);
            Path directory = free(root, NAME.format(started));
            RunDirectory files = in(directory, junitCopy);
            pointLatestAt(root, directory);
            return files;
        } catch (FileSystemException e) {
            throw new IOException(
                    "Run directory below " + root + " could not be made: " + WholeFile.reason(e)
                            + "; expected a directory that can be written to, name another with --out",
                    e);
        }
    }

    /** The directory of a run that goes on, or begins there. */
    public static RunDirectory in(Path directory, @Nullable Path junitCopy) throws IOException {
        try {
            Files.createDirectories(directory.resolve("journal"));
            Files.createDirectories(directory.resolve("result"));
        } catch (FileSystemException e) {
            throw new IOException(
                    "Run directory " + directory + " could not be made: " + WholeFile.reason(e)
                            + "; expected a directory that can be written to",
                    e);
        }
        return new RunDirectory(directory, junitCopy, Translation.english());
    }

    public Path directory() {
        return directory;
    }

    public Path html() {
        return directory.resolve("report.html");
    }

    /** The copy that was asked for once it is there, else the one in the directory. */
    public synchronized Path junit() {
        return junitCopy == null || !copied ? directory.resolve("junit.xml") : junitCopy;
    }

    public Path summary() {
        return directory.resolve("summary.txt");
    }

    public Path journals() {
        return directory.resolve("journal");
    }

    /** Where the journal of a case lies, or will lie once it is written. */
    public Path journalOf(ScenarioResult result) {
        return journals().resolve(names.nameOf(result.id(), result.rig()) + ".jsonl");
    }

    /** Where the rig may leave evidence of a case beside its journal: console logs, captures. */
    public Path evidenceOf(String id, RigKind rig) {
        return directory.resolve("evidence").resolve(names.nameOf(id, rig));
    }

    /** Where what is kept of a case besides its journal lies. */
    private Path resultOf(ScenarioResult result) {
        return directory.resolve("result").resolve(names.nameOf(result.id(), result.rig()) + ".json");
    }

    /**
     * Copies what lies beside the journals of another run of the same plan; what each part left of the story that all begin with, as where
     * writes were counted, is taken once.
     */
    public void takeEvidence(Path run) throws IOException {
        Path from = run.resolve("evidence");
        if (Files.notExists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = directory
                        .resolve("evidence")
                        .resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (Files.notExists(to)) {
                    Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Says what this run sets out to do; a case has one file name in every run of the same plan. */
    public synchronized void begin(RunManifest manifest, RigKind rig) throws IOException {
        manifest.cases().forEach(one -> names.nameOf(one.id(), rig));
        WholeFile.replace(directory.resolve(RunManifest.FILE), out -> ManifestJson.write(manifest, out));
    }

    /** Writes journal and result of a finished case now, so that they are there whatever becomes of the run. */
    public synchronized void keep(ScenarioResult result) throws IOException {
        Path file = resultOf(result);
        if (written.contains(file)) {
            return;
        }
        WholeFile.replace(journalOf(result), out -> {
            try (JournalWriter journal = new JournalWriter(out)) {
                journal.write(result.journal());
            }
        });
        WholeFile.replace(file, out -> ResultJson.write(result, out));
        written.add(file);
    }

    /** A finished case of an earlier process is left as it is. */
    public synchronized void kept(ScenarioResult result) {
        written.add(resultOf(result));
    }

    /** Writes every file for the cases that are there; earlier reports of this run are replaced. */
    public synchronized void write(RunResult run) throws IOException {
        for (ScenarioResult scenario : run.scenarios()) {
            keep(scenario);
        }
        WholeFile.replaceAll(Map.of(
                html(), out -> HtmlReport.write(run, this::relativeJournalOf, language, out),
                directory.resolve("junit.xml"), out -> JUnitReport.write(run, this::captureOf, out),
                summary(), out -> out.write(String.join("\n", RunSummary.of(run, this::relativeJournalOf)) + "\n")));
        if (run.scenarios().stream()
                .anyMatch(one -> VoiceDissector.helps(one) && captureOf(one).isPresent())) {
            WholeFile.replace(dissector(), VoiceDissector::writeTo);
        }
        if (junitCopy != null) {
            writeJunitCopy(run, junitCopy);
            copied = true;
        }
    }

    /** What lies in the directory, for the end of the summary: what it is, and where. */
    public Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("report", html());
        files.put("junit", junit());
        files.put("journals", journals());
        files.put("evidence", directory.resolve("evidence"));
        files.put("dissector", dissector());
        // Where a disk is full not all of them are there.
        files.values().removeIf(Files::notExists);
        return files;
    }

    private Path dissector() {
        return directory.resolve("evidence").resolve(VoiceDissector.FILE);
    }

    /** What passed the link of the first device of a case, where the rig kept it. */
    private Optional<Path> captureOf(ScenarioResult result) {
        try (Stream<Path> files = Files.list(evidenceOf(result.id(), result.rig()))) {
            return files.filter(file -> file.toString().endsWith(".pcapng")).min(Path::compareTo);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private String relativeJournalOf(ScenarioResult result) {
        return "journal/" + journalOf(result).getFileName();
    }

    private void writeJunitCopy(RunResult run, Path file) throws IOException {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                // A pipe, a device or a link is there for somebody who reads what is written into it.
                try (Writer out = Files.newBufferedWriter(file)) {
                    JUnitReport.write(run, this::captureOf, out);
                }
            } else {
                WholeFile.replace(file, out -> JUnitReport.write(run, this::captureOf, out));
            }
        } catch (IOException e) {
            throw new IOException(
                    "JUnit report " + file + " could not be written: " + WholeFile.reason(e) + "; " + JUNIT_HINT, e);
        }
    }

    private static Path free(Path root, String name) throws IOException {
        Path directory = root.resolve(name);
        for (int n = 2; ; n++) {
            try {
                return Files.createDirectory(directory);
            } catch (FileAlreadyExistsException taken) {
                directory = root.resolve(name + "-" + n);
            }
        }
    }

    /** A convenience: where the file system has no links, or someone keeps a file of that name, there is none. */
    private static void pointLatestAt(Path root, Path directory) throws IOException {
        Path latest = root.resolve(LATEST);
        if (Files.exists(latest, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(latest)) {
            return;
        }
        Path fresh = root.resolve("." + directory.getFileName() + ".latest");
        try {
            Files.createSymbolicLink(fresh, directory.getFileName());
            Files.move(fresh, latest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (UnsupportedOperationException | IOException noLinksHere) {
            Files.deleteIfExists(fresh);
        }
    }
}
