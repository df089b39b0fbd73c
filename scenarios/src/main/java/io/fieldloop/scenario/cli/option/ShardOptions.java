package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.engine.Generator;
import io.fieldloop.scenario.report.result.RunManifest;
import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.suite.shard.MergedRun;
import io.fieldloop.scenario.suite.shard.Packing;
import io.fieldloop.scenario.suite.shard.Shard;
import io.fieldloop.scenario.suite.shard.ShardEnvironment;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of the cases this machine takes, and how it goes on after it was stopped. */
public final class ShardOptions {
    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Only part I of N, such as 3/8, the same on every machine; auto: as Slurm, Kubernetes, GitLab,"
                            + " Buildkite, CircleCI or FIELDLOOP_SHARD says. `fieldloop merge` puts the parts together.")
    private @Nullable String shard;

    @Option(
            names = "--timings",
            paramLabel = "DIR",
            description = "With --shard: parts that take equally long, by the times of the run in this folder; the same"
                    + " one for every part.")
    private @Nullable Path timings;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "The run's folder is DIR, and what has finished there is not run again.")
    private @Nullable Path resume;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description =
                    "With --shard and a scenario that has `load:`: when all parts begin, the same for each, such as"
                            + " 2026-05-01T12:00:00Z; each machine needs the right time.")
    private @Nullable Instant start;

    /** The folder that was given for the run, or null. */
    @Nullable
    public Path directory() {
        return resume;
    }

    public boolean isGiven() {
        return shard != null;
    }

    /** Which of the devices this machine has, where they are a load that is shared out. */
    public Generator generator(RunManifest plan, List<SuiteCase> all, boolean against) {
        boolean shared =
                plan.shards() > 1 && all.stream().anyMatch(one -> one.scenario().load() != null);
        if (!shared) {
            if (start != null) {
                throw new CliException(
                        "--start is for a scenario that has `load:` and is shared out by --shard; leave it out.");
            }
            return Generator.ALONE;
        }
        if (all.size() > 1) {
            throw new CliException("A load is shared out alone, since all parts begin it at one instant, and these are "
                    + all.size() + " cases; name one, such as " + all.get(0).argument() + ".");
        }
        if (!against) {
            throw new CliException(
                    "Each part of a load would have a gateway of its own; name the one they share with --against.");
        }
        if (start == null) {
            throw new CliException(
                    "The parts of a load begin at one instant; give each the same --start, such as --start "
                            + "2026-05-01T12:00:00Z.");
        }
        return new Generator(plan.shard(), plan.shards(), start);
    }

    /** The words that every part has to have alike. */
    public List<String> words() {
        return start == null ? List.of() : List.of("--start", start.toString());
    }

    /** The plan of all parts, and which one this is. */
    public RunManifest plan(
            List<SuiteCase> all, String command, String files, Map<String, String> environment, Consumer<String> tell) {
        Shard part = part(environment, tell);
        List<String> ids = all.stream().map(SuiteCase::id).toList();
        Map<String, Integer> shardOf =
                timings == null ? Packing.byHash(ids, part.of()) : Packing.longestFirst(ids, part.of(), times(timings));
        List<RunManifest.PlannedCase> cases = all.stream()
                .map(one -> new RunManifest.PlannedCase(
                        one.id(),
                        one.argument(),
                        part.of() > 1 && one.scenario().load() != null
                                ? RunManifest.EVERY
                                : shardOf.getOrDefault(one.id(), 1)))
                .toList();
        return new RunManifest(new Version().getVersion()[0], command, files, part.index(), part.of(), cases);
    }

    private Shard part(Map<String, String> environment, Consumer<String> tell) {
        if (shard == null && timings != null) {
            throw new CliException("--timings shares cases out by time; it needs --shard.");
        }
        if (shard == null) {
            return Shard.WHOLE;
        }
        if (!shard.equals("auto")) {
            return Shard.parse(shard, "--shard");
        }
        ShardEnvironment.Taken taken = ShardEnvironment.of(environment);
        tell.accept("Part " + taken.shard() + " (" + taken.from() + ")");
        return taken.shard();
    }

    private static Map<String, Duration> times(Path directory) {
        try {
            Map<String, Duration> times = new HashMap<>();
            for (ScenarioResult result : StoredRun.open(directory).results()) {
                times.put(result.id(), result.wall());
            }
            return times;
        } catch (IOException e) {
            throw new CliException("--timings: " + e.getMessage() + ".");
        }
    }

    /** What is finished in the folder that was given. */
    public List<ScenarioResult> done(RunManifest plan, Consumer<String> tell) {
        if (resume == null || Files.notExists(resume.resolve(RunManifest.FILE))) {
            return List.of();
        }
        try {
            StoredRun earlier = StoredRun.open(resume);
            String difference = MergedRun.difference(earlier.manifest(), plan);
            if (difference == null && earlier.manifest().shard() != plan.shard()) {
                difference = "part " + earlier.manifest().shard() + ", not " + plan.shard();
            }
            if (difference != null) {
                throw new CliException(
                        "--resume: in " + resume + " began a run with " + difference + "; name another folder.");
            }
            List<ScenarioResult> done = earlier.resultsWithJournals();
            tell.accept(done.size() + " of " + plan.own().size() + " cases are finished in " + resume);
            return done;
        } catch (IOException e) {
            throw new CliException("--resume: " + e.getMessage() + ".");
        }
    }
}
