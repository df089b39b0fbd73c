package io.fieldloop.server.connection;

import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides by source address: networks, connections at a time, and bans of sources that were refused too often.
 *
 * <p>Many devices share one address behind a carrier's NAT, and a scanner or one broken device among them must not lock the others
 * out: a ban does not bind a source from which a device said hello lately. What is refused there is still recorded and counted.
 */
public final class Admission {
    /** A device is used daily; an address that was nobody's for longer may have gone to somebody else. */
    private static final Duration GREETED_COUNTS = Duration.ofDays(1);

    private final AdmissionConfig config;
    private final LimitsConfig limits;
    private final EventExecutor home;
    private final GatewayListener events;

    /** By {@link SourceNetwork}, least recently seen first, so that forgetting begins with those. */
    private final Map<InetAddress, Source> sources = new LinkedHashMap<>(16, 0.75f, true);

    public Admission(AdmissionConfig config, LimitsConfig limits, EventExecutor home, GatewayListener events) {
        this.config = config;
        this.limits = limits;
        this.home = home;
        this.events = events;
    }

    /** Counts a new connection of the source and says why it may not be served, if so; pair with {@link #release}. */
    public synchronized Optional<RefusalReason> admit(InetAddress address) {
        Source source = sources.computeIfAbsent(SourceNetwork.of(address), key -> new Source());
        source.connections++;
        forgetIdle();
        if (!mayConnect(address)) {
            return Optional.of(RefusalReason.ADDRESS_DENIED);
        }
        if (isExempt(address)) {
            return Optional.empty();
        }
        if (source.banned && !source.greetedLately()) {
            return Optional.of(RefusalReason.RATE_LIMITED);
        }
        return source.connections > limits.connectionsPerSource()
                ? Optional.of(RefusalReason.TOO_MANY_CONNECTIONS)
                : Optional.empty();
    }

    /** The connection is gone. */
    public synchronized void release(InetAddress address) {
        Source source = sources.get(SourceNetwork.of(address));
        if (source != null) {
            source.connections--;
        }
    }

    /** A device said hello from there. */
    public synchronized void greeted(InetAddress address) {
        Source source = sources.get(SourceNetwork.of(address));
        if (source != null) {
            source.greeted = true;
            source.greetedNanos = home.ticker().nanoTime();
        }
    }

    /** Counts a refusal against its source, unless the gateway itself is at fault; one too many bans the source for a while. */
    public void refused(InetAddress address, RefusalReason reason) {
        boolean ownFault = reason.refusalClass() == RefusalClass.INTERNAL;
        if (ownFault || isExempt(address) || reason.refusalClass() == RefusalClass.RATE || !banIsDue(address)) {
            return;
        }
        events.onEvent(new GatewayEvent.SourceBanned(address, limits.ban()));
        home.schedule(() -> endBan(address), limits.ban().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long the source stays banned; zero when it is not. */
    public synchronized Duration banLeft(InetAddress address) {
        Source source = sources.get(SourceNetwork.of(address));
        return source == null || !source.banned
                ? Duration.ZERO
                : Duration.ofNanos(
                        Math.max(0, source.bannedUntilNanos - home.ticker().nanoTime()));
    }

    /** How many sources are remembered now. */
    public synchronized int remembered() {
        return sources.size();
    }

    private synchronized boolean banIsDue(InetAddress address) {
        Source source = sources.get(SourceNetwork.of(address));
        long now = home.ticker().nanoTime();
        if (source == null || source.banned || !source.refusals.crossedBy(now)) {
            return false;
        }
        source.banned = true;
        source.bannedUntilNanos = now + limits.ban().toNanos();
        return true;
    }

    private void endBan(InetAddress address) {
        synchronized (this) {
            Source source = sources.get(SourceNetwork.of(address));
            if (source != null) {
                source.banned = false;
                source.refusals.clear();
            }
        }
        events.onEvent(new GatewayEvent.SourceBanExpired(address));
    }

    private boolean isExempt(InetAddress address) {
        return config.trusts(address) || Cidr.anyContains(config.exempt(), address);
    }

    private boolean mayConnect(InetAddress address) {
        boolean allowed = config.allow().isEmpty() || Cidr.anyContains(config.allow(), address);
        return allowed && !Cidr.anyContains(config.deny(), address);
    }

    /** Drops sources with nothing left to remember, oldest first, and over the cap also those with only a refusal count. */
    private void forgetIdle() {
        long now = home.ticker().nanoTime();
        Iterator<Source> oldest = sources.values().iterator();
        int looks = 0;
        while (oldest.hasNext() && (looks++ < 2 || sources.size() > limits.sourcesMax())) {
            Source source = oldest.next();
            boolean free = source.connections == 0 && !source.banned;
            boolean blank = source.refusals.quiet(now) && !source.greetedLately();
            if (free && (blank || sources.size() > limits.sourcesMax())) {
                oldest.remove();
            }
        }
    }

    private final class Source {
        private final SlidingWindow refusals = new SlidingWindow(limits.refusalsPerSource());
        private int connections;
        private boolean banned;
        private long bannedUntilNanos;
        private boolean greeted;
        private long greetedNanos;

        boolean greetedLately() {
            return greeted && home.ticker().nanoTime() - greetedNanos < GREETED_COUNTS.toNanos();
        }
    }
}
