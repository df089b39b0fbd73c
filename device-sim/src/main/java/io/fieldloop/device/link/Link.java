package io.fieldloop.device.link;

import io.fieldloop.device.link.datagram.DatagramLinkHandler;
import io.fieldloop.device.link.datagram.DatagramSockets;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.device.link.stream.StreamConnections;
import io.fieldloop.device.link.stream.StreamLinkHandler;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One device's link: the radio, bandwidth and outages its connections share.
 *
 * <p>All connections of a link must be registered with its event loop. Methods may be called from any thread; the
 * listener is called on the loop. The same seed gives the same packets the same fate, connection by connection.
 */
public final class Link implements LinkControl, AutoCloseable {
    private final LinkState state;
    private final StreamConnections streams;
    private final DatagramSockets datagrams;

    public Link(LinkProfile profile, long seed, EventLoop loop, LinkListener listener) {
        this(profile, seed, loop, listener, LinkTap.NONE);
    }

    /** A link whose packets {@code tap} sees. */
    public Link(LinkProfile profile, long seed, EventLoop loop, LinkListener listener, LinkTap tap) {
        this.state = new LinkState(profile, seed, loop, listener, tap);
        this.streams = new StreamConnections(state);
        this.datagrams = new DatagramSockets(state);
    }

    /** A handler to put first in the pipeline of a client channel, before it connects. */
    public StreamLinkHandler newConnection() {
        return streams.add();
    }

    /**
     * A handler to put first in the pipeline of a connected datagram channel.
     *
     * @param remap gives the channel another source port: the operator's NAT has made a new mapping for it
     */
    public DatagramLinkHandler newDatagramSocket(Consumer<Channel> remap) {
        return datagrams.add(remap);
    }

    /** The event loop every connection of this link must be registered with. */
    public EventLoop loop() {
        return state.loop();
    }

    public LinkProfile profile() {
        return state.profile();
    }

    /** What is sent from now on meets {@code next}; what is under way keeps its schedule. */
    @Override
    public void change(LinkProfile next) {
        onLoop(() -> state.change(next));
    }

    /** Takes the carrier away for a while, from now; a second outage replaces the first. */
    @Override
    public void outage(Duration lasting, Outage.How how) {
        onLoop(() -> state.outage(lasting, how));
    }

    /**
     * Swallows everything of every connection there is, for good, and every connect for a while. Nobody is told:
     * connections from before are half-open, as after a firewall that lost its state.
     */
    @Override
    public void blackhole(Duration lasting) {
        onLoop(() -> {
            state.blackhole(lasting);
            streams.blackhole();
        });
    }

    /** Resets every connection at both ends. */
    @Override
    public void resetAll() {
        onLoop(streams::reset);
    }

    /** Makes the operator's NAT forget every connection there is; their next packets meet its expiry. */
    @Override
    public void natRebind() {
        onLoop(state.radio()::forgetMappings);
    }

    /** Makes it forget what it knew of UDP; the next datagram of each flow leaves from another port. */
    @Override
    public void natRebindUdp() {
        onLoop(state.radio()::forgetDatagramMappings);
    }

    /** What left the newest UDP socket first, for whoever plays a recorder on the way; null before that. */
    @Override
    public byte @Nullable [] recordedDatagram() {
        return datagrams.recorded();
    }

    /** Ends every connection at once, also those that hang in a black hole. */
    @Override
    public void close() {
        onLoop(() -> {
            state.close();
            streams.abandon();
            datagrams.close();
        });
    }

    private void onLoop(Runnable action) {
        if (state.loop().inEventLoop()) {
            action.run();
        } else {
            state.loop().execute(action);
        }
    }
}
