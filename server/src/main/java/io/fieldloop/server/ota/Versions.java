package io.fieldloop.server.ota;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares version texts made of numbers and dots; the newer one is the one a device would install. */
final class Versions {
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,7}");

    private Versions() {}

    /** False also where one of them is no version at all: nothing good comes of offering firmware then. */
    static boolean isNewer(String offered, @Nullable String present) {
        if (present == null || !isNumbers(offered) || !isNumbers(present)) {
            return false;
        }
        String[] ours = offered.split("\\.", -1);
        String[] theirs = present.split("\\.", -1);
        for (int part = 0; part < Math.min(ours.length, theirs.length); part++) {
            int difference = Integer.compare(Integer.parseInt(ours[part]), Integer.parseInt(theirs[part]));
            if (difference != 0) {
                return difference > 0;
            }
        }
        return ours.length > theirs.length;
    }

    static boolean isNumbers(String version) {
        return NUMBERS.matcher(version).matches();
    }
}
