package io.fieldloop.scenario.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shares out the bytes of a page: who wants little gets all of it, and what is left goes to the others by weight. */
final class SizeBudget {
    private SizeBudget() {}

    /**
     * Says how many bytes each may have.
     *
     * @param wanted bytes each would like
     * @param weights how much each counts against the others, above zero
     * @return one number each; their sum is at most {@code bytesMax}
     */
    static long[] share(long bytesMax, long[] wanted, int[] weights) {
        List<Integer> hungriestLast = new ArrayList<>();
        long weightLeft = 0;
        for (int i = 0; i < wanted.length; i++) {
            hungriestLast.add(i);
            weightLeft += weights[i];
        }
        hungriestLast.sort(Comparator.comparingLong(i -> wanted[i] / weights[i]));
        long[] allowed = new long[wanted.length];
        long bytesLeft = bytesMax;
        for (int i : hungriestLast) {
            allowed[i] = Math.min(wanted[i], bytesLeft * weights[i] / weightLeft);
            bytesLeft -= allowed[i];
            weightLeft -= weights[i];
        }
        return allowed;
    }
}
