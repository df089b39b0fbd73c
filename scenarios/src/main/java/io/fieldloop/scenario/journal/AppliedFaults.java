package io.fieldloop.scenario.journal;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.server.event.GatewayEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which faults have acted, by a journal. */
public final class AppliedFaults {
    public static final String KIND = EventRecords.kind(GatewayEvent.FaultApplied.class);

    /** The attribute that names the fault. */
    public static final String FAULT = "fault";

    private AppliedFaults() {}

    /** Their names, each once; the set is the caller's own. */
    public static Set<String> in(List<JournalEntry> journal) {
        Set<String> names = new TreeSet<>();
        journal.stream()
                .filter(entry -> entry.kind().equals(KIND))
                .forEach(entry -> names.add(String.valueOf(entry.written(FAULT))));
        return names;
    }
}
