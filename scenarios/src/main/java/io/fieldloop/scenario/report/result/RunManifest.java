package io.fieldloop.scenario.report.result;

import java.util.List;

/**
 * What a run set out to do, so that results of several can be told to be parts of one.
 *
 * @param version Fieldloop's
 * @param command the words that say what is run, without shard and folder
 * @param files a digest of the scenario files
 * @param shard which part of the cases this run takes, from 1
 * @param shards how many parts there are
 * @param cases all cases of all parts
 */
public record RunManifest(
        String version, String command, String files, int shard, int shards, List<PlannedCase> cases) {
    /** The file's name in a run's directory. */
    public static final String FILE = "run.json";

    public RunManifest {
        cases = List.copyOf(cases);
    }

    /** Stands for a part where every part has its share of a case: a load. */
    public static final int EVERY = 0;

    /** The cases of one part. */
    public List<PlannedCase> of(int part) {
        return cases.stream()
                .filter(one -> one.shard() == part || one.shard() == EVERY)
                .toList();
    }

    /** The cases of this run. */
    public List<PlannedCase> own() {
        return of(shard);
    }

    /**
     * A case and the part it belongs to, or {@link #EVERY}.
     *
     * @param argument what {@code fieldloop run} takes to run just this case
     */
    public record PlannedCase(String id, String argument, int shard) {}
}
