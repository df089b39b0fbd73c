package io.fieldloop.scenario.shape.yaml;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the word that was probably meant. */
public final class Nearest {
    private static final Pattern PARTS = Pattern.compile("[-.]");

    /** What other programs call it, such as tc, toxiproxy and the developer tools of browsers. */
    private static final Map<String, String> CALLED_HERE =
            Map.of("latency", "delay", "rate", "bandwidth", "throughput", "bandwidth", "speed", "bandwidth");

    private Nearest() {}

    /** The candidate with the fewest typing mistakes from {@code word}, if they are few for its length; else what it is called here. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        return mistyped(word, candidates)
                .or(() -> Optional.ofNullable(CALLED_HERE.get(word)).filter(candidates::contains));
    }

    /** All candidates, first those that have a part of {@code word} in them, as nat-idle has one of nat-timeout. */
    static List<String> first(String word, Collection<String> candidates) {
        Set<String> parts = parts(word);
        return candidates.stream()
                .sorted(Comparator.comparing(candidate -> Collections.disjoint(parts, parts(candidate))))
                .toList();
    }

    private static Set<String> parts(String word) {
        return PARTS.splitAsStream(word).collect(Collectors.toSet());
    }

    private static Optional<String> mistyped(String word, Collection<String> candidates) {
        int mistakesMax = Math.max(1, Math.min(4, (word.length() + 1) / 3));
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= mistakesMax)
                .filter(candidate -> mistakes(word, candidate) <= mistakesMax)
                .min(Comparator.comparingInt(candidate -> mistakes(word, candidate)));
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int mistakes(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
