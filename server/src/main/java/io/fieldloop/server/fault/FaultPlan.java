package io.fieldloop.server.fault;

import java.util.List;

/** Deals out faults to connections in the order of their acceptance, counting from 1 since the plan was put in place. */
public final class FaultPlan {
    private final List<Fault> faults;
    private long connections;

    public FaultPlan(List<Fault> faults) {
        this.faults = List.copyOf(faults);
    }

    /** Counts one connection and says what applies to it. */
    public synchronized List<FaultAction> forNextConnection() {
        connections++;
        return faults.stream()
                .filter(fault -> fault.appliesTo(connections))
                .map(Fault::action)
                .toList();
    }
}
