package io.fieldloop.scenario.diagnose;

import java.util.List;

/**
 * What happened to one thing: a crash, a connection, a check for updates.
 *
 * @param part what it is about, for a heading: {@code Crash}, {@code Update check (OTA)}
 * @param subject the URL, name or connection it is about, or empty
 * @param causes the most probable first; empty where nothing failed
 * @param seen what else belongs to it, in the input's order
 * @param times how often it happened
 */
public record Finding(String part, String subject, List<Cause> causes, List<Evidence> seen, int times) {
    public Finding {
        causes = List.copyOf(causes);
        seen = List.copyOf(seen);
    }
}
