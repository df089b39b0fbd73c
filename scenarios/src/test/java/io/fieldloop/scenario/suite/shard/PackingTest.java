package io.fieldloop.scenario.suite.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which part a case belongs to. */
final class PackingTest {
    private static final List<String> IDS =
            IntStream.range(0, 800).mapToObj(i -> "tls/case-" + i + "[key=rsa]").toList();

    @Test
    void aCaseBelongsToOnePartWhateverElseIsRunAndInWhateverOrder() {
        List<String> fewer = new ArrayList<>(IDS.subList(100, 300));
        Collections.reverse(fewer);
        Map<String, Integer> all = Packing.byHash(IDS, 8);

        assertThat(all).containsAllEntriesOf(Packing.byHash(fewer, 8));
        assertThat(Packing.byHash(List.of("tls/wrong-name"), 8)).containsEntry("tls/wrong-name", 7);
        for (int shard = 1; shard <= 8; shard++) {
            assertThat(Collections.frequency(all.values(), shard)).isBetween(70, 130);
        }
    }

    @Test
    void theLongestAreSharedOutFirstAndWhatHasNoTimeCountsAsTheMiddleOne() {
        Map<String, Duration> times = new HashMap<>();
        List.of(9, 7, 5, 4, 3).forEach(seconds -> times.put("case-" + seconds, Duration.ofSeconds(seconds)));
        List<String> ids = new ArrayList<>(times.keySet());
        ids.add("case-unknown");
        Map<String, Integer> shardOf = Packing.longestFirst(ids, 2, times);

        // 9 + 4 + 3 in one, 7 + 5 + the unknown 5 in the other
        assertThat(shardOf)
                .containsEntry("case-9", 1)
                .containsEntry("case-7", 2)
                .containsEntry("case-5", 2)
                .containsEntry("case-unknown", 1)
                .containsEntry("case-4", 2)
                .containsEntry("case-3", 1);
        Collections.reverse(ids);
        assertThat(Packing.longestFirst(ids, 2, times)).isEqualTo(shardOf);
    }
}
