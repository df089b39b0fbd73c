package io.fieldloop.device.link.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says which known name an unknown one probably meant. */
public final class Nearest {
    private static final int TYPOS_MAX = 3;

    private Nearest() {}

    /** The end of an error sentence: the one name that is near, or all of them. */
    public static String hint(String name, List<String> known) {
        Optional<String> nearest =
                known.stream().min(Comparator.comparingInt((String candidate) -> typos(name, candidate)));
        if (nearest.isPresent() && typos(name, nearest.get()) <= Math.min(TYPOS_MAX, name.length() / 2)) {
            return ": did you mean '" + nearest.get() + "'?";
        }
        return ": known are " + String.join(", ", known) + ".";
    }

    /** Levenshtein distance. */
    private static int typos(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
