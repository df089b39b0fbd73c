package io.fieldloop.device.link;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.model.FlowModel;
import io.fieldloop.device.link.model.OutageWatch;
import io.fieldloop.device.link.model.RadioModel;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.device.link.stream.StreamConnection;
import io.fieldloop.device.link.stream.StreamLinkHandler;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One device's link: the radio, bandwidth and outages its connections share.
 *
 * <p>All connections of a link must be registered with its event loop. Methods may be called from any thread; the
 * listener is called on the loop. The same seed gives the same packets the same fate, connection by connection.
 */
public final class Link implements AutoCloseable {
    private final long seed;
    private final EventLoop loop;
    private final LinkListener listener;
    private final LinkTap tap;
    private final RadioModel radio;
    private final OutageWatch outages;
    private final AtomicLong connectionsMade = new AtomicLong();
    private final Set<StreamConnection> connections = new LinkedHashSet<>();
    private volatile LinkProfile profile;
    private long blackholeUntilNanos;

    public Link(LinkProfile profile, long seed, EventLoop loop, LinkListener listener) {
        this(profile, seed, loop, listener, LinkTap.NONE);
    }

    /** A link whose packets {@code tap} sees. */
    public Link(LinkProfile profile, long seed, EventLoop loop, LinkListener listener, LinkTap tap) {
        this.profile = profile;
        this.seed = seed;
        this.loop = loop;
        this.listener = listener;
        this.tap = tap;
        this.radio = new RadioModel(profile, nanoTime());
        this.blackholeUntilNanos = nanoTime();
        this.outages = new OutageWatch(loop, new OutageReports(listener));
        outages.watch(profile.outage(), radio.originNanos());
    }

    /** A handler to put first in the pipeline of a client channel, before it connects. */
    public StreamLinkHandler newConnection() {
        return new StreamLinkHandler(this, connectionsMade.incrementAndGet());
    }

    /** The event loop every connection of this link must be registered with. */
    public EventLoop loop() {
        return loop;
    }

    public LinkProfile profile() {
        return profile;
    }

    /** What is sent from now on meets {@code next}; what is under way keeps its schedule. */
    public void change(LinkProfile next) {
        onLoop(() -> {
            profile = next;
            radio.change(next, nanoTime());
            outages.watch(next.outage(), radio.originNanos());
        });
    }

    /** Takes the carrier away for a while, from now; a second outage replaces the first. */
    public void outage(Duration lasting, Outage.How how) {
        onLoop(() -> {
            radio.outage(nanoTime(), nanoTime() + lasting.toNanos(), how);
            outages.began(how, lasting);
        });
    }

    /**
     * Swallows everything of every connection there is, for good, and every connect for a while. Nobody is told:
     * connections from before are half-open, as after a firewall that lost its state.
     */
    public void blackhole(Duration lasting) {
        onLoop(() -> {
            blackholeUntilNanos = nanoTime() + lasting.toNanos();
            forEach(StreamConnection::blackhole);
        });
    }

    /** Resets every connection at both ends. */
    public void resetAll() {
        onLoop(() -> forEach(connection -> connection.reset(null)));
    }

    /** Makes the operator's NAT forget every connection there is; their next packets meet its expiry. */
    public void natRebind() {
        onLoop(radio::forgetMappings);
    }

    /** Ends every connection at once, also those that hang in a black hole. */
    @Override
    public void close() {
        onLoop(() -> {
            outages.stop();
            forEach(StreamConnection::abandon);
        });
    }

    public long nanoTime() {
        return loop.ticker().nanoTime();
    }

    public boolean isBlackholed() {
        return nanoTime() < blackholeUntilNanos;
    }

    public FlowModel newFlow(long connection) {
        return new FlowModel(radio, seed, connection, nanoTime());
    }

    public void emit(LinkEvent event) {
        listener.onEvent(event);
    }

    public LinkTap tap() {
        return tap;
    }

    public void add(StreamConnection connection) {
        connections.add(connection);
    }

    public void remove(StreamConnection connection) {
        connections.remove(connection);
    }

    private void forEach(Consumer<StreamConnection> action) {
        List<StreamConnection> present = new ArrayList<>(connections);
        present.forEach(action);
    }

    private void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }

    private record OutageReports(LinkListener listener) implements OutageWatch.Listener {
        @Override
        public void outageBegan(Outage.How how, Duration lasting) {
            listener.onEvent(new LinkEvent.OutageBegan(how, lasting));
        }

        @Override
        public void outageEnded() {
            listener.onEvent(new LinkEvent.OutageEnded());
        }
    }
}
