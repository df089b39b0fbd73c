package io.fieldloop.server.fault;

/**
 * A fault and the connections it applies to.
 *
 * @param connectionsFrom ordinal of the first connection, counted from 1 since the fault was put in place
 * @param connectionsTo ordinal of the last one
 * @param of whose connections; the ordinals count everybody's
 */
public record Fault(FaultAction action, int connectionsFrom, int connectionsTo, FaultTarget of) {
    public Fault {
        if (connectionsFrom < 1 || connectionsTo < connectionsFrom) {
            throw new IllegalArgumentException("A fault applies to connections " + connectionsFrom + ".."
                    + connectionsTo + ", but a range counts from 1 and does not end before it begins.");
        }
    }

    /** The fault on those connections of every device. */
    public Fault(FaultAction action, int connectionsFrom, int connectionsTo) {
        this(action, connectionsFrom, connectionsTo, FaultTarget.ALL);
    }

    /** The fault on every connection. */
    public static Fault always(FaultAction action) {
        return new Fault(action, 1, Integer.MAX_VALUE);
    }

    public boolean appliesTo(long ordinal) {
        return ordinal >= connectionsFrom && ordinal <= connectionsTo;
    }
}
