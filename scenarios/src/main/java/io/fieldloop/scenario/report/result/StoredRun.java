package io.fieldloop.scenario.report.result;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.jsonl.JournalReader;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The directory of an earlier run, read back.
 *
 * <p>A case is finished when its result is there: it is renamed into place after the journal, so a process that was killed
 * leaves none half done.
 */
public record StoredRun(Path directory, RunManifest manifest) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Reads a run's plan; throws {@code IOException} in one sentence where there is none. */
    public static StoredRun open(Path directory) throws IOException {
        Path file = directory.resolve(RunManifest.FILE);
        return new StoredRun(directory, parsed(file, ManifestJson::read));
    }

    /** The newest run below {@code root}, if there was one. */
    public static Optional<StoredRun> newestBelow(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> directories = Files.list(root)) {
            Optional<Path> newest = directories
                    .filter(directory ->
                            Files.exists(directory.resolve(RunManifest.FILE)) && !Files.isSymbolicLink(directory))
                    .max(Path::compareTo);
            return newest.isEmpty() ? Optional.empty() : Optional.of(open(newest.get()));
        }
    }

    /** Cases that finished, in the order of the plan, without their journals. */
    public List<ScenarioResult> results() throws IOException {
        return results(name -> List.of());
    }

    /** Cases that finished, in the order of the plan. */
    public List<ScenarioResult> resultsWithJournals() throws IOException {
        return results(name -> JournalReader.read(directory.resolve("journal").resolve(name + ".jsonl")));
    }

    private List<ScenarioResult> results(JournalSource journals) throws IOException {
        Map<String, ScenarioResult> found = new HashMap<>();
        Path results = directory.resolve("result");
        if (Files.isDirectory(results)) {
            try (Stream<Path> files = Files.list(results)) {
                for (Path file :
                        (Iterable<Path>) files.filter(one -> one.toString().endsWith(".json"))::iterator) {
                    String name = String.valueOf(file.getFileName());
                    List<JournalEntry> journal = journals.of(name.substring(0, name.length() - ".json".length()));
                    ScenarioResult result = parsed(file, json -> ResultJson.read(json, journal));
                    found.put(result.id(), result);
                }
            }
        }
        List<ScenarioResult> ordered = new ArrayList<>();
        for (RunManifest.PlannedCase one : manifest.own()) {
            Optional.ofNullable(found.get(one.id())).ifPresent(ordered::add);
        }
        return ordered;
    }

    /** Ids of the cases that did not pass, or did not finish. */
    public Set<String> notPassed() throws IOException {
        Set<String> ids = new HashSet<>();
        manifest.own().forEach(one -> ids.add(one.id()));
        for (ScenarioResult result : results()) {
            if (result.verdict() == Verdict.PASSED) {
                ids.remove(result.id());
            }
        }
        return ids;
    }

    private static <T> T parsed(Path file, Function<JsonNode, T> reader) throws IOException {
        try {
            return reader.apply(JSON.readTree(Files.readString(file)));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    file + " is not there; expected the folder of a run, such as target/fieldloop/latest", e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is none of Fieldloop's files, or of another version of it", e);
        }
    }

    private interface JournalSource {
        List<JournalEntry> of(String name) throws IOException;
    }
}
