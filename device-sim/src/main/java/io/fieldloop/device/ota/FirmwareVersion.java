package io.fieldloop.device.ota;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version text as the firmware reads it: {@code std::stoi} of what stands between the dots (xiaozhi-esp32, main/ota.cc). */
final class FirmwareVersion {
    private static final Pattern STOI = Pattern.compile("\\s*([+-]?\\d+)", Pattern.DOTALL);

    private FirmwareVersion() {}

    /** {@code std::stoi} threw, which nobody catches: the device aborts and restarts. */
    static final class NoNumberException extends Exception {
        private static final long serialVersionUID = 1L;

        NoNumberException(String what) {
            super(what);
        }
    }

    /** Whether the firmware would install {@code offered}. */
    static boolean isNewer(String offered, String present) throws NoNumberException {
        List<Integer> current = parse(present);
        List<Integer> newer = parse(offered);
        for (int part = 0; part < Math.min(current.size(), newer.size()); part++) {
            int difference = Integer.compare(newer.get(part), current.get(part));
            if (difference != 0) {
                return difference > 0;
            }
        }
        return newer.size() > current.size();
    }

    private static List<Integer> parse(String text) throws NoNumberException {
        List<Integer> parts = new ArrayList<>();
        String[] segments = text.split("\\.", -1);
        // std::getline gives nothing behind the last dot, and nothing at all of an empty text.
        int count = segments[segments.length - 1].isEmpty() ? segments.length - 1 : segments.length;
        for (int part = 0; part < count; part++) {
            parts.add(stoi(segments[part]));
        }
        return parts;
    }

    private static int stoi(String segment) throws NoNumberException {
        Matcher number = STOI.matcher(segment);
        if (!number.lookingAt()) {
            throw new NoNumberException("std::invalid_argument");
        }
        try {
            return Integer.parseInt(number.group(1));
        } catch (NumberFormatException tooLarge) {
            throw new NoNumberException("std::out_of_range");
        }
    }
}
