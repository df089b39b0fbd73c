package io.fieldloop.server.mqtt;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The QoS 1 messages on their way to one client: so many unacknowledged at a time, so many waiting, the rest dropped.
 *
 * <p>Nothing is sent twice on one connection (MQTT 5, 4.4), and nothing is kept beyond it.
 */
final class Outbox {
    private static final int PACKET_ID_MAX = 0xffff;

    private final int receiveMaximum;
    private final int waitingMax;
    private final Set<Integer> unacknowledged = new HashSet<>();
    private final Queue<Publication> waiting = new ArrayDeque<>();
    private int lastId;

    Outbox(int receiveMaximum, int waitingMax) {
        this.receiveMaximum = receiveMaximum;
        this.waitingMax = waitingMax;
    }

    /** The id to send it with, or null when it has to wait or is dropped. */
    @Nullable
    Integer offer(Publication message) {
        if (unacknowledged.size() < receiveMaximum) {
            return nextId();
        }
        if (waiting.size() < waitingMax) {
            waiting.add(message);
        }
        return null;
    }

    /** The client has it; the next one that waits and has not expired may go, with {@link #nextId}. */
    @Nullable
    Publication acknowledged(int id, long nowNanos) {
        if (!unacknowledged.remove(id)) {
            return null;
        }
        Publication next = waiting.poll();
        while (next != null && next.properties().expired(nowNanos)) {
            next = waiting.poll();
        }
        return next;
    }

    int nextId() {
        do {
            lastId = lastId % PACKET_ID_MAX + 1;
        } while (!unacknowledged.add(lastId));
        return lastId;
    }
}
