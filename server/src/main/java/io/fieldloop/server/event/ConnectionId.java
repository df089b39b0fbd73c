package io.fieldloop.server.event;

/** Names one accepted connection of one gateway; ordinals count from 1 in the order of acceptance. */
public record ConnectionId(long ordinal) implements Comparable<ConnectionId> {
    @Override
    public int compareTo(ConnectionId other) {
        return Long.compare(ordinal, other.ordinal);
    }

    @Override
    public String toString() {
        return "c" + ordinal;
    }
}
