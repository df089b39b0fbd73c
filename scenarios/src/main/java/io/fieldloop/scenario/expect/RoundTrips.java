package io.fieldloop.scenario.expect;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The gateway's pings and the pongs to them, paired in the order of each connection. */
final class RoundTrips {
    private RoundTrips() {}

    static List<Sample> of(List<JournalEntry> journal, Set<String> devices) {
        Map<Object, Long> pingNanos = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        for (JournalEntry entry : journal) {
            if (entry.lane() != Lane.GATEWAY
                    || !devices.contains(entry.attributes().get("device"))) {
                continue;
            }
            Object connection = Objects.requireNonNullElse(entry.attributes().get("connection"), "");
            if (entry.kind().equals("ping-sent")) {
                pingNanos.put(connection, entry.nanos());
            } else if (entry.kind().equals("pong-received") && pingNanos.containsKey(connection)) {
                long sentNanos = Objects.requireNonNull(pingNanos.remove(connection));
                samples.add(new Sample(entry, Duration.ofNanos(entry.nanos() - sentNanos)));
            }
        }
        return samples;
    }
}
