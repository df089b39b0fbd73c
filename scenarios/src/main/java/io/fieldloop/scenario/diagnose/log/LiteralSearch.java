package io.fieldloop.scenario.diagnose.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;

/**
 * Finds which of many strings a piece of bytes contains, in one pass (Aho and Corasick, 1975).
 *
 * <p>The bytes that no string has share one column of the table, which keeps it small enough for the processor's cache. A step of the
 * table is where the next row begins.
 */
final class LiteralSearch {
    private static final int BYTES = 256;

    /** In a step: a string ends here. */
    private static final int FOUND = 1 << 31;

    private final int[] column = new int[BYTES];
    private final int columns;
    private final int[] next;
    private final int[][] found;

    LiteralSearch(List<String> literals) {
        List<byte[]> words = literals.stream()
                .map(literal -> literal.getBytes(StandardCharsets.UTF_8))
                .toList();
        int used = 1;
        for (byte[] word : words) {
            for (byte octet : word) {
                if (column[octet & 0xFF] == 0) {
                    column[octet & 0xFF] = used++;
                }
            }
        }
        columns = used;
        List<int[]> tree = new ArrayList<>();
        List<BitSet> ends = new ArrayList<>();
        plant(words, tree, ends);
        next = new int[tree.size() * columns];
        found = new int[tree.size()][];
        link(tree, ends);
    }

    private void plant(List<byte[]> words, List<int[]> tree, List<BitSet> ends) {
        tree.add(empty());
        ends.add(new BitSet());
        for (int i = 0; i < words.size(); i++) {
            int node = 0;
            for (byte octet : words.get(i)) {
                int[] children = tree.get(node);
                int at = column[octet & 0xFF];
                if (children[at] < 0) {
                    children[at] = tree.size();
                    tree.add(empty());
                    ends.add(new BitSet());
                }
                node = children[at];
            }
            ends.get(node).set(i);
        }
    }

    private int[] empty() {
        int[] children = new int[columns];
        Arrays.fill(children, -1);
        return children;
    }

    /** Breadth first: where a string breaks off, the search goes on in the longest one that its end begins. */
    private void link(List<int[]> tree, List<BitSet> ends) {
        int[] fallback = new int[tree.size()];
        Queue<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int node = open.remove();
            for (int at = 0; at < columns; at++) {
                int child = tree.get(node)[at];
                int otherwise = node == 0 ? 0 : next[fallback[node] * columns + at];
                next[node * columns + at] = child < 0 ? otherwise : child;
                if (child >= 0) {
                    fallback[child] = otherwise;
                    ends.get(child).or(ends.get(otherwise));
                    open.add(child);
                }
            }
        }
        for (int node = 0; node < found.length; node++) {
            found[node] = ends.get(node).stream().toArray();
            for (int at = 0; at < columns; at++) {
                int target = next[node * columns + at];
                boolean endsHere = !ends.get(target).isEmpty();
                next[node * columns + at] = target * columns | (endsHere ? FOUND : 0);
            }
        }
    }

    /** The place of the first byte at which a string ends, or {@code to} where there is none. */
    int first(byte[] bytes, int from, int to) {
        int row = 0;
        for (int i = from; i < to; i++) {
            row = next[row + column[bytes[i] & 0xFF]];
            if (row < 0) {
                return i;
            }
        }
        return to;
    }

    /** Sets the number of each string that the bytes contain. */
    void search(byte[] bytes, int from, int to, BitSet hits) {
        int row = 0;
        for (int i = from; i < to; i++) {
            int step = next[row + column[bytes[i] & 0xFF]];
            row = step & ~FOUND;
            if (step < 0) {
                for (int one : found[row / columns]) {
                    hits.set(one);
                }
            }
        }
    }
}
