package io.fieldloop.scenario.suite.shard;

import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.report.result.RunManifest;
import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one run, put together, and what keeps them from being all of it.
 *
 * @param manifest the plan of all parts, as that of one run
 * @param parts one folder for each part that is there
 * @param results in the order of the plan
 * @param complaints missing, doubled, unfinished and foreign parts, a sentence each
 * @param missing the parts that have to run again, each with the folder in which it began, if it did
 */
public record MergedRun(
        RunManifest manifest,
        List<StoredRun> parts,
        List<ScenarioResult> results,
        List<String> complaints,
        List<Missing> missing) {
    /**
     * Puts the parts together. Where they are of several runs, those of the run with most parts are taken.
     *
     * @param runs one at least
     * @param scenarioOf reads the file of a load again, which is judged only when all of it is there; fails in one sentence
     */
    public static MergedRun of(List<StoredRun> runs, ScenarioSource scenarioOf) throws IOException {
        RunManifest wanted = mostFrequent(runs);
        List<String> complaints = new ArrayList<>();
        Map<Integer, StoredRun> parts = new TreeMap<>();
        for (StoredRun run : runs) {
            String difference = difference(run.manifest(), wanted);
            if (difference != null) {
                complaints.add(run.directory() + " is no part of this run, but of one with " + difference);
                continue;
            }
            StoredRun other = parts.putIfAbsent(run.manifest().shard(), run);
            if (other != null) {
                complaints.add("part " + name(run.manifest()) + " is there twice: " + other.directory() + " is taken, "
                        + run.directory() + " is not");
            }
        }
        Map<Integer, Map<String, ScenarioResult>> found = new TreeMap<>();
        for (StoredRun part : parts.values()) {
            Map<String, ScenarioResult> own = new HashMap<>();
            part.resultsWithJournals().forEach(result -> own.put(result.id(), result));
            found.put(part.manifest().shard(), own);
        }
        List<Missing> missing = new ArrayList<>();
        for (int shard = 1; shard <= wanted.shards(); shard++) {
            missing(
                    wanted.of(shard),
                    new Shard(shard, wanted.shards()),
                    parts.get(shard),
                    found.getOrDefault(shard, Map.of()),
                    missing,
                    complaints);
        }
        List<ScenarioResult> results = new ArrayList<>();
        for (RunManifest.PlannedCase one : wanted.cases()) {
            List<ScenarioResult> ofIt = found.values().stream()
                    .map(own -> own.get(one.id()))
                    .filter(Objects::nonNull)
                    .toList();
            if (one.shard() != RunManifest.EVERY) {
                results.addAll(ofIt);
            } else if (ofIt.size() == wanted.shards()) {
                results.add(MergedLoad.of(scenarioOf.read(one, wanted), ofIt));
            } else {
                missing.clear();
                IntStream.rangeClosed(1, wanted.shards())
                        .forEach(shard -> missing.add(new Missing(new Shard(shard, wanted.shards()), null)));
            }
        }
        return new MergedRun(whole(wanted), List.copyOf(parts.values()), results, complaints, missing);
    }

    private static void missing(
            List<RunManifest.PlannedCase> planned,
            Shard shard,
            @Nullable StoredRun part,
            Map<String, ScenarioResult> found,
            List<Missing> missing,
            List<String> complaints) {
        long lacking =
                planned.stream().filter(one -> !found.containsKey(one.id())).count();
        if (part == null) {
            complaints.add("part " + shard + " is missing: " + cases(planned.size()));
            missing.add(new Missing(shard, null));
        } else if (lacking > 0) {
            complaints.add("part " + shard + " in " + part.directory() + " did not finish: " + lacking + " of "
                    + cases(planned.size()));
            missing.add(new Missing(shard, part.directory()));
        }
    }

    private static RunManifest mostFrequent(List<StoredRun> runs) {
        Map<RunManifest, Integer> counts = new LinkedHashMap<>();
        runs.forEach(run -> counts.merge(
                of(run.manifest(), run.manifest().shards(), run.manifest().cases()), 1, Integer::sum));
        return counts.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .orElseThrow()
                .getKey();
    }

    private static RunManifest of(RunManifest run, int shards, List<RunManifest.PlannedCase> cases) {
        return new RunManifest(run.version(), run.command(), run.files(), 1, shards, cases);
    }

    /** What two plans differ in when they cannot be parts of one run, or null. */
    public static @Nullable String difference(RunManifest one, RunManifest other) {
        if (!one.version().equals(other.version())) {
            return "another version of Fieldloop: " + one.version() + ", not " + other.version();
        }
        if (!one.command().equals(other.command())) {
            return "another command line: " + one.command() + ", not " + other.command();
        }
        if (!one.files().equals(other.files())) {
            return "other scenario files";
        }
        if (one.shards() != other.shards()) {
            return one.shards() + " parts, not " + other.shards();
        }
        return one.cases().equals(other.cases()) ? null : "another share of the cases, from other --timings";
    }

    private static RunManifest whole(RunManifest part) {
        return of(
                part,
                1,
                part.cases().stream()
                        .map(one -> new RunManifest.PlannedCase(one.id(), one.argument(), 1))
                        .toList());
    }

    private static String name(RunManifest manifest) {
        return new Shard(manifest.shard(), manifest.shards()).toString();
    }

    private static String cases(int count) {
        return count + (count == 1 ? " case" : " cases");
    }

    /** Reads a planned case again. */
    public interface ScenarioSource {
        Scenario read(RunManifest.PlannedCase planned, RunManifest plan) throws IOException;
    }

    /**
     * A part that has to run again; all of them where it is one of a load.
     *
     * @param directory where it began, or null
     */
    public record Missing(Shard shard, @Nullable Path directory) {}
}
