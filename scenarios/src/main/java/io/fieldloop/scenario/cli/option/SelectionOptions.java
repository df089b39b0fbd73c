package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.report.result.StoredRun;
import io.fieldloop.scenario.report.text.PassRates;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.suite.SuiteCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the cases that were named are run, with which seeds, and how often. */
public final class SelectionOptions {
    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Converters.Seed.class,
            description = "In place of the files' seeds, but of those with a `seed-because`.")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "FROM..TO",
            converter = Converters.Seeds.class,
            description = "Each case once with each of these seeds, and a pass rate for each case.")
    private Converters.SeedRange seeds = Converters.SeedRange.NONE;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            converter = Converters.Times.class,
            description =
                    "Each case so often, and a pass rate for each case; for rigs that run by the clock on the wall.")
    private int repeat = 1;

    @Option(names = "--only", paramLabel = "TAG", description = "Only scenarios with this tag; may be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--last-failed",
            description = "Only what did not pass in the newest run below --out, or did not get that far; everything"
                    + " where all passed.")
    private boolean lastFailed;

    @Nullable
    public Long seed() {
        return seed;
    }

    /**
     * The cases to run.
     *
     * @param out where runs have their folders; null for a part of a run, whose earlier parts ran elsewhere
     * @param elsewhere ends the sentence "None of these scenarios makes sense …"
     * @param tell takes lines about what is left out
     * @param unfolded makes several of a case that stands for them
     */
    public List<SuiteCase> among(
            List<SuiteCase> found,
            RigFactory rigs,
            @Nullable Path out,
            String elsewhere,
            Consumer<String> tell,
            UnaryOperator<List<SuiteCase>> unfolded) {
        if (seed != null && !seeds.isEmpty()) {
            throw new CliException("--seed and --seeds say two things; leave one out.");
        }
        List<SuiteCase> applying = applying(tagged(found), rigs, tell);
        if (applying.isEmpty()) {
            throw new CliException("None of these scenarios makes sense " + elsewhere);
        }
        applying.stream()
                .filter(one ->
                        (seed != null || !seeds.isEmpty()) && one.scenario().seedBecause() != null)
                .forEach(one -> tell.accept(one.id() + " keeps its own seed "
                        + one.scenario().seed() + ": " + one.scenario().seedBecause()));
        List<SuiteCase> repeated = unfolded.apply(applying.stream()
                .flatMap(one -> one.repeated(seeds.all(), repeat).stream())
                .toList());
        if (!lastFailed) {
            return repeated;
        }
        if (out == null) {
            throw new CliException("--last-failed is about this machine, and --shard about many; leave one out.");
        }
        return lastFailed(repeated, out, tell);
    }

    private List<SuiteCase> tagged(List<SuiteCase> found) {
        List<SuiteCase> tagged = found.stream()
                .filter(one -> only.isEmpty() || one.scenario().tags().stream().anyMatch(only::contains))
                .toList();
        if (tagged.isEmpty()) {
            Set<String> tags = new TreeSet<>();
            found.forEach(one -> tags.addAll(one.scenario().tags()));
            throw new CliException("None of these scenarios has the tag " + String.join(" or ", only)
                    + (tags.isEmpty() ? "; they have no tags." : "; there are " + String.join(", ", tags) + "."));
        }
        return tagged;
    }

    private static List<SuiteCase> applying(List<SuiteCase> tagged, RigFactory rigs, Consumer<String> tell) {
        List<SuiteCase> applying = new ArrayList<>();
        SkippedCases leftOut = new SkippedCases();
        for (SuiteCase one : tagged) {
            String whyNot = rigs.whyNot(one.scenario());
            if (whyNot == null) {
                applying.add(one);
            } else {
                leftOut.add(one.id(), whyNot);
            }
        }
        leftOut.lines().forEach(tell);
        applying.stream()
                .map(one -> rigs.remark(one.scenario()))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(tell);
        return applying;
    }

    private static List<SuiteCase> lastFailed(List<SuiteCase> cases, Path out, Consumer<String> tell) {
        try {
            Optional<StoredRun> last = StoredRun.newestBelow(out);
            if (last.isEmpty()) {
                throw new CliException("--last-failed looks at the newest run below " + out
                        + ", and there is none; leave it out the first time, or name another folder with --out.");
            }
            Set<String> failed = new HashSet<>();
            for (String id : last.get().notPassed()) {
                failed.add(id);
                failed.add(PassRates.caseOf(id));
            }
            List<SuiteCase> again =
                    cases.stream().filter(one -> failed.contains(one.id())).toList();
            tell.accept(
                    again.isEmpty()
                            ? "Of these cases none failed in " + last.get().directory() + "; all of them run"
                            : "Only what did not pass in " + last.get().directory());
            return again.isEmpty() ? cases : again;
        } catch (IOException e) {
            throw new CliException(e.getMessage() + ".");
        }
    }

    /** The words that say the same again. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (seed != null) {
            words.addAll(List.of("--seed", seed.toString()));
        }
        if (!seeds.isEmpty()) {
            words.addAll(List.of("--seeds", seeds.toString()));
        }
        if (repeat > 1) {
            words.addAll(List.of("--repeat", Integer.toString(repeat)));
        }
        only.forEach(tag -> words.addAll(List.of("--only", tag)));
        return words;
    }
}
