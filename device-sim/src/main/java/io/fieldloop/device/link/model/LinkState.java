package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.netty.channel.EventLoop;
import java.time.Duration;

/** What all connections of one link share, whatever carries it: profile, radio, outages, black hole, and who hears of them. */
public final class LinkState {
    private final long seed;
    private final EventLoop loop;
    private final LinkListener listener;
    private final LinkTap tap;
    private final RadioModel radio;
    private final OutageWatch outages;
    private volatile LinkProfile profile;
    private long blackholeUntilNanos;

    public LinkState(LinkProfile profile, long seed, EventLoop loop, LinkListener listener, LinkTap tap) {
        this.profile = profile;
        this.seed = seed;
        this.loop = loop;
        this.listener = listener;
        this.tap = tap;
        this.radio = new RadioModel(profile, nanoTime());
        this.blackholeUntilNanos = nanoTime();
        this.outages = new OutageWatch(loop, listener);
        outages.watch(profile.outage(), radio.originNanos());
    }

    public long seed() {
        return seed;
    }

    /** The event loop everything of this link runs on. */
    public EventLoop loop() {
        return loop;
    }

    public LinkTap tap() {
        return tap;
    }

    public RadioModel radio() {
        return radio;
    }

    public LinkProfile profile() {
        return profile;
    }

    public long nanoTime() {
        return loop.ticker().nanoTime();
    }

    public void emit(LinkEvent event) {
        listener.onEvent(event);
    }

    /** What is sent from now on meets {@code next}. */
    public void change(LinkProfile next) {
        profile = next;
        radio.change(next, nanoTime());
        outages.watch(next.outage(), radio.originNanos());
    }

    public void outage(Duration lasting, Outage.How how) {
        radio.outage(nanoTime(), nanoTime() + lasting.toNanos(), how);
        outages.began(how, lasting);
    }

    /** What begins within this time is swallowed. */
    public void blackhole(Duration lasting) {
        blackholeUntilNanos = nanoTime() + lasting.toNanos();
    }

    public boolean isBlackholed() {
        return nanoTime() < blackholeUntilNanos;
    }

    public void close() {
        outages.stop();
    }
}
