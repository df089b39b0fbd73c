package io.fieldloop.server.fault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deals out faults to connections in the order of their acceptance, counting from 1 since the plan was put in place.
 *
 * <p>It counts per kind of listener, so that what a device asks elsewhere does not use up the number of its WebSocket connection.
 */
public final class FaultPlan {
    private final List<Fault> faults;
    private final Map<Class<?>, Long> connections = new HashMap<>();

    /** A plan in which each fault can act; refuses others with an {@link IllegalArgumentException}. */
    public FaultPlan(List<Fault> faults) {
        FaultPlace.requireAllCanAct(faults);
        this.faults = List.copyOf(faults);
    }

    /** Counts one connection of a listener of this kind and says what applies to it. */
    public synchronized List<Fault> forNextConnection(Class<?> listenerKind) {
        if (faults.isEmpty()) {
            return List.of();
        }
        long ordinal = connections.merge(listenerKind, 1L, Long::sum);
        return faults.stream().filter(fault -> fault.appliesTo(ordinal)).toList();
    }
}
