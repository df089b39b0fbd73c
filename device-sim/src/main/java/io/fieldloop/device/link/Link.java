package io.fieldloop.device.link;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.netty.channel.EventLoop;
import java.time.Duration;

/**
 * One device's link: the radio, bandwidth and outages its connections share.
 *
 * <p>All connections of a link must be registered with its event loop. Methods may be called from any thread.
 */
public final class Link implements AutoCloseable {
    private final EventLoop loop;
    private LinkProfile profile;

    public Link(LinkProfile profile, long seed, EventLoop loop, LinkListener listener) {
        this.profile = profile;
        this.loop = loop;
    }

    /** A handler to put first in the pipeline of a client channel, before it connects. */
    public StreamLinkHandler newConnection() {
        return new StreamLinkHandler();
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
        profile = next;
    }

    /** Takes the carrier away for a while, from now. */
    public void outage(Duration lasting, Outage.How how) {}

    /**
     * Swallows everything of every connection there is, for good, and every connect for a while. Nobody is told:
     * connections from before are half-open, as after a firewall that lost its state.
     */
    public void blackhole(Duration lasting) {}

    /** Resets every connection at both ends. */
    public void resetAll() {}

    /** Makes the operator's NAT forget every connection there is. */
    public void natRebind() {}

    /** Ends every connection at once, also those that hang in a black hole. */
    @Override
    public void close() {}
}
