package io.fieldloop.device.ota;

import io.fieldloop.device.attempt.Stoi;
import java.util.ArrayList;
import java.util.List;

/** A version text as the firmware reads it: {@code std::stoi} of what stands between the dots (xiaozhi-esp32, main/ota.cc). */
final class FirmwareVersion {
    private FirmwareVersion() {}

    /** Whether the firmware would install {@code offered}. */
    static boolean isNewer(String offered, String present) throws Stoi.ThrownException {
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

    private static List<Integer> parse(String text) throws Stoi.ThrownException {
        List<Integer> parts = new ArrayList<>();
        String[] segments = text.split("\\.", -1);
        // std::getline gives nothing behind the last dot, and nothing at all of an empty text.
        int count = segments[segments.length - 1].isEmpty() ? segments.length - 1 : segments.length;
        for (int part = 0; part < count; part++) {
            parts.add(Stoi.of(segments[part]));
        }
        return parts;
    }
}
