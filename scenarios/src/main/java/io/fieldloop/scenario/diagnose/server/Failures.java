package io.fieldloop.scenario.diagnose.server;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the lines of a server's log show to have failed, with the first lines that do. */
final class Failures {
    private static final int EVIDENCE_MAX = 3;

    /** By cause, then by whose mistake it may have been; nobody's where it was none. */
    private final Map<String, Map<String, List<Evidence>>> causes = new LinkedHashMap<>();
    /** Those that stood alone on a line; of several that one line may have, none is more than possible. */
    private final Set<String> told = new HashSet<>();

    /** @param mistaken who may have made a mistake, or nothing */
    void add(List<String> named, Evidence evidence, String mistaken) {
        for (String cause : named) {
            List<Evidence> known = causes.computeIfAbsent(cause, any -> new LinkedHashMap<>())
                    .computeIfAbsent(mistaken, any -> new ArrayList<>());
            if (known.size() < EVIDENCE_MAX) {
                known.add(evidence);
            }
        }
        if (named.size() == 1) {
            told.add(named.get(0));
        }
    }

    /** Without the mistakes of those who scanned: nothing of theirs failed. */
    List<Cause> without(Set<String> scanners) {
        List<Cause> left = new ArrayList<>();
        causes.forEach((cause, bySource) -> {
            List<Evidence> seen = bySource.entrySet().stream()
                    .filter(one -> !scanners.contains(one.getKey()))
                    .flatMap(one -> one.getValue().stream())
                    .limit(EVIDENCE_MAX)
                    .toList();
            if (!seen.isEmpty()) {
                left.add(new Cause(
                        cause, told.contains(cause) ? Confidence.LIKELY : Confidence.POSSIBLE, seen, List.of()));
            }
        });
        return left;
    }
}
