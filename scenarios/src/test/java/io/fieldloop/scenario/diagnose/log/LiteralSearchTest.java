package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** All strings at once find what each finds alone. */
class LiteralSearchTest {
    private static BitSet search(List<String> literals, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        BitSet hits = new BitSet();
        new LiteralSearch(literals).search(bytes, 0, bytes.length, hits);
        return hits;
    }

    @Test
    void findsStringsInsideOthersAndBeyondAscii() {
        assertThat(search(List.of("he", "she", "hers", "his", "认证失败"), "ushers 认证失败").stream())
                .containsExactly(0, 1, 2, 4);
    }

    @Test
    void agreesWithLookingForEachByItself() {
        Random random = new Random(20);
        for (int round = 0; round < 200; round++) {
            List<String> literals = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                literals.add(letters(random, 1 + random.nextInt(4)));
            }
            String text = letters(random, 40);
            BitSet hits = search(literals, text);
            for (int i = 0; i < literals.size(); i++) {
                assertThat(hits.get(i)).as("%s in %s", literals.get(i), text).isEqualTo(text.contains(literals.get(i)));
            }
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}
