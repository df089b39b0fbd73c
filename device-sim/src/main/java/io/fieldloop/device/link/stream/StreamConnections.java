package io.fieldloop.device.link.stream;

import io.fieldloop.device.link.model.LinkState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The byte streams over one link, numbered in the order they were made, and what happens to all of them at once. */
public final class StreamConnections {
    private final LinkState link;
    private final AtomicLong made = new AtomicLong();
    private final Set<StreamConnection> present = new LinkedHashSet<>();

    public StreamConnections(LinkState link) {
        this.link = link;
    }

    /** A handler to put first in the pipeline of a client channel, before it connects. */
    public StreamLinkHandler add() {
        return new StreamLinkHandler(this, made.incrementAndGet());
    }

    public void blackhole() {
        forEach(StreamConnection::blackhole);
    }

    public void reset() {
        forEach(StreamConnection::reset);
    }

    public void abandon() {
        forEach(StreamConnection::abandon);
    }

    LinkState link() {
        return link;
    }

    void enter(StreamConnection connection) {
        present.add(connection);
    }

    void leave(StreamConnection connection) {
        present.remove(connection);
    }

    private void forEach(Consumer<StreamConnection> action) {
        List.copyOf(present).forEach(action);
    }
}
