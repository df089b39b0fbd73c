package io.fieldloop.server.connection;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books on refused handshakes: one record each, counters by class and reason, summaries of repeats, alarms on rate.
 *
 * <p>A flood must not become a flood of records: what one source repeats beyond 50 records in ten seconds is only
 * counted, and reported as one summary. Counters count everything.
 */
public final class RefusalLedger {
    /** How many refusals of one source and class become a record of their own in one {@link #SUMMARY_EVERY}. */
    private static final int RECORDS_PER_SOURCE = 50;

    static final Duration SUMMARY_EVERY = Duration.ofSeconds(10);

    private final LimitsConfig limits;
    private final EventExecutor home;
    private final GatewayListener events;
    private final Map<RefusalReason, Long> countsByReason = new EnumMap<>(RefusalReason.class);
    private final Map<RefusalClass, SlidingWindow> rates = new EnumMap<>(RefusalClass.class);
    private final Set<RefusalClass> alarms = EnumSet.noneOf(RefusalClass.class);
    private final Map<BurstKey, Burst> bursts = new LinkedHashMap<>();
    private final Deque<Refusal> latest = new ArrayDeque<>();
    private boolean sweeping;

    /** @param home the loop whose ticker tells the time and on which timers run */
    public RefusalLedger(LimitsConfig limits, EventExecutor home, GatewayListener events) {
        this.limits = limits;
        this.home = home;
        this.events = events;
    }

    /** Enters one refusal; emits its record, or counts it into a summary. */
    public void enter(ConnectionId connection, Refusal refusal) {
        boolean alone;
        boolean alarm;
        synchronized (this) {
            long now = home.ticker().nanoTime();
            countsByReason.merge(refusal.reason(), 1L, Long::sum);
            alone = recordsAlone(refusal, now);
            alarm = rates.computeIfAbsent(refusal.refusalClass(), key -> new SlidingWindow(limits.alarm()))
                            .crossedBy(now)
                    && alarms.add(refusal.refusalClass());
            if (alone) {
                keep(refusal);
            }
        }
        if (alone) {
            events.onEvent(new GatewayEvent.HandshakeRefused(connection, refusal));
        }
        if (alarm) {
            events.onEvent(new GatewayEvent.AlarmRaised(
                    refusal.refusalClass(), limits.alarm().perSecond()));
            watch(refusal.refusalClass());
        }
    }

    public synchronized long total() {
        return countsByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    public synchronized Map<RefusalReason, Long> countsByReason() {
        return new EnumMap<>(countsByReason);
    }

    public synchronized Map<RefusalClass, Long> countsByClass() {
        Map<RefusalClass, Long> counts = new EnumMap<>(RefusalClass.class);
        countsByReason.forEach((reason, count) -> counts.merge(reason.refusalClass(), count, Long::sum));
        return counts;
    }

    /** The last records, newest first. */
    public synchronized List<Refusal> latest() {
        return List.copyOf(latest);
    }

    /** The classes whose rate is over the threshold now. */
    public synchronized Set<RefusalClass> alarms() {
        return alarms.isEmpty() ? EnumSet.noneOf(RefusalClass.class) : EnumSet.copyOf(alarms);
    }

    private void keep(Refusal refusal) {
        latest.addFirst(refusal);
        if (latest.size() > limits.refusalsKept()) {
            latest.removeLast();
        }
    }

    private boolean recordsAlone(Refusal refusal, long now) {
        BurstKey key = keyFor(refusal);
        Burst burst = bursts.get(key);
        if (burst == null || burst.over(now)) {
            bursts.remove(key);
            burst = new Burst(now);
            bursts.put(key, burst);
            sweepLater();
        }
        if (burst.recorded < RECORDS_PER_SOURCE) {
            burst.recorded++;
            return true;
        }
        if (burst.suppressed++ == 0) {
            long left = Math.max(0, burst.startNanos + SUMMARY_EVERY.toNanos() - now);
            home.schedule(() -> summarise(key), left, TimeUnit.NANOSECONDS);
        }
        return false;
    }

    /** Sources beyond the table's capacity share one burst per class, so that invented addresses cannot fill memory. */
    private BurstKey keyFor(Refusal refusal) {
        BurstKey key = new BurstKey(SourceNetwork.of(refusal.source()), refusal.refusalClass());
        if (bursts.containsKey(key) || bursts.size() < limits.sourcesMax()) {
            return key;
        }
        long now = home.ticker().nanoTime();
        bursts.values().removeIf(burst -> burst.over(now) && burst.suppressed == 0);
        return bursts.size() < limits.sourcesMax() ? key : new BurstKey(null, refusal.refusalClass());
    }

    /** A flood from many addresses must leave nothing behind, whether or not another refusal ever comes. */
    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            home.schedule(this::sweep, SUMMARY_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void sweep() {
        long now = home.ticker().nanoTime();
        bursts.values().removeIf(burst -> burst.over(now));
        sweeping = false;
        if (!bursts.isEmpty()) {
            sweepLater();
        }
    }

    /** How many sources and classes it remembers the latest refusals of. */
    synchronized int burstsRemembered() {
        return bursts.size();
    }

    private void summarise(BurstKey key) {
        Burst burst;
        synchronized (this) {
            burst = bursts.remove(key);
        }
        if (burst != null && burst.suppressed > 0) {
            events.onEvent(new GatewayEvent.RefusalsSummarised(key.refusalClass, key.source, burst.suppressed));
        }
    }

    private void watch(RefusalClass refusalClass) {
        home.schedule(
                () -> clearOrWatchOn(refusalClass), limits.alarm().window().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void clearOrWatchOn(RefusalClass refusalClass) {
        boolean cleared;
        synchronized (this) {
            SlidingWindow rate = rates.get(refusalClass);
            cleared = rate == null || !rate.crossed(home.ticker().nanoTime());
            if (cleared) {
                alarms.remove(refusalClass);
            }
        }
        if (cleared) {
            events.onEvent(new GatewayEvent.AlarmCleared(refusalClass));
        } else {
            watch(refusalClass);
        }
    }

    private record BurstKey(@Nullable InetAddress source, RefusalClass refusalClass) {}

    private static final class Burst {
        private final long startNanos;
        private int recorded;
        private long suppressed;

        private Burst(long startNanos) {
            this.startNanos = startNanos;
        }

        private boolean over(long now) {
            return suppressed == 0 && now - startNanos > SUMMARY_EVERY.toNanos();
        }
    }
}
