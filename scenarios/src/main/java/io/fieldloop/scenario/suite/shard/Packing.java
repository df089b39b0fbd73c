package io.fieldloop.scenario.suite.shard;

import io.fieldloop.scenario.rig.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which part each case belongs to: the same on every machine, whatever runs beside it and in whatever order. */
public final class Packing {
    private Packing() {}

    /** By a stable hash of its id, so that a case more or less moves no other. */
    public static Map<String, Integer> byHash(List<String> ids, int shards) {
        Map<String, Integer> shardOf = new LinkedHashMap<>();
        ids.forEach(id -> shardOf.put(id, (int) Long.remainderUnsigned(new Seeds(0).of(id), shards) + 1));
        return shardOf;
    }

    /** The longest first, each to the part that has least to do; a case that has no time counts as the middle one of all. */
    public static Map<String, Integer> longestFirst(List<String> ids, int shards, Map<String, Duration> times) {
        List<Duration> known = times.values().stream().sorted().toList();
        Duration middle = known.isEmpty() ? Duration.ofSeconds(1) : known.get(known.size() / 2);
        List<String> ordered = new ArrayList<>(ids);
        ordered.sort(Comparator.comparing((String id) -> times.getOrDefault(id, middle))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        long[] loads = new long[shards];
        Map<String, Integer> packed = new LinkedHashMap<>();
        for (String id : ordered) {
            int least = 0;
            for (int i = 1; i < shards; i++) {
                least = loads[i] < loads[least] ? i : least;
            }
            loads[least] += times.getOrDefault(id, middle).toNanos();
            packed.put(id, least + 1);
        }
        Map<String, Integer> shardOf = new LinkedHashMap<>();
        ids.forEach(id -> shardOf.put(id, packed.get(id)));
        return shardOf;
    }
}
