package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.RefusalClass;
import java.util.EnumMap;
import java.util.Map;

/** How many were refused in each of the latest spans of time, by class; of a size that no flood changes. */
final class RefusalHistory {
    static final int SPANS = 60;
    static final int SECONDS_PER_SPAN = 5;

    private final Map<RefusalClass, long[]> counts = new EnumMap<>(RefusalClass.class);
    private Map<RefusalClass, Long> before = Map.of();
    private int seconds;

    /** @param totals the counters as they are now; to be called once a second */
    synchronized void second(Map<RefusalClass, Long> totals) {
        if (seconds++ % SECONDS_PER_SPAN == 0) {
            counts.values().forEach(spans -> {
                System.arraycopy(spans, 1, spans, 0, SPANS - 1);
                spans[SPANS - 1] = 0;
            });
        }
        totals.forEach((key, total) -> {
            long more = total - before.getOrDefault(key, 0L);
            if (more > 0) {
                counts.computeIfAbsent(key, none -> new long[SPANS])[SPANS - 1] += more;
            }
        });
        before = totals;
    }

    /** Oldest first; only classes of which there were any. */
    synchronized ObjectNode json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("seconds-per-span", SECONDS_PER_SPAN);
        ObjectNode byClass = all.putObject("by-class");
        counts.forEach((key, spans) -> {
            ArrayNode list = byClass.putArray(key.wireName());
            for (long count : spans) {
                list.add(count);
            }
        });
        return all;
    }
}
