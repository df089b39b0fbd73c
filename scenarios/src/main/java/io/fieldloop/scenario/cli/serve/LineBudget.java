package io.fieldloop.scenario.cli.serve;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events get a line of their own: so many of each kind in a window, few of them about one connection.
 *
 * <p>Whatever a peer can cause it can cause a million times a minute. What gets no line is counted by kind, and the counts are
 * lines when the window is over.
 */
final class LineBudget {
    static final int LINES_PER_KIND = 200;
    static final int LINES_PER_CONNECTION = 10;
    static final Duration WINDOW = Duration.ofSeconds(10);

    private final Map<String, Integer> byKind = new HashMap<>();
    private final Map<Subject, Integer> byConnection = new HashMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private @Nullable Instant began;

    /** Whether this event gets a line; one that does not is counted. */
    synchronized boolean allows(GatewayEvent event, Instant now) {
        if (began == null) {
            began = now;
        }
        String kind = event.kind();
        ConnectionId connection = event.connection();
        boolean allowed = byKind.getOrDefault(kind, 0) < LINES_PER_KIND
                && (connection == null
                        || byConnection.merge(new Subject(kind, connection), 1, Integer::sum) <= LINES_PER_CONNECTION);
        if (allowed) {
            byKind.merge(kind, 1, Integer::sum);
        } else {
            leaveOut(event);
        }
        return allowed;
    }

    /** Counts an event whose line found no room. */
    synchronized void leaveOut(GatewayEvent event) {
        leftOut.merge(event.kind(), 1L, Long::sum);
    }

    /** The counts of a window that is over, and a new window; nothing while one is open. */
    synchronized List<String> endWindow(Instant now) {
        return began == null || now.isBefore(began.plus(WINDOW)) ? List.of() : end();
    }

    /** The counts so far, and a new window. */
    synchronized List<String> end() {
        List<String> lines = new ArrayList<>();
        leftOut.forEach((kind, count) -> lines.add("(" + count + " more of " + kind + ", not printed)"));
        byKind.clear();
        byConnection.clear();
        leftOut.clear();
        began = null;
        return lines;
    }

    private record Subject(String kind, ConnectionId connection) {}
}
