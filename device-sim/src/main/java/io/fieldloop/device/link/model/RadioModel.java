package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.device.link.profile.Promotion;

/** What the connections of a device share, as arithmetic on nanoseconds: radio state, bandwidth, outages, NAT. */
public final class RadioModel {
    private static final long NEVER = Long.MIN_VALUE;

    private LinkProfile profile;
    private long originNanos;
    private long lastActivityNanos = NEVER;
    private long connectedAtNanos;
    private long upstreamBusyUntilNanos;
    private long downstreamBusyUntilNanos;
    private long outageFromNanos = NEVER;
    private long outageUntilNanos = NEVER;
    private Outage.How outageHow = Outage.How.SILENT;
    private long mappingsForgotten;
    private long datagramMappingsForgotten;

    public RadioModel(LinkProfile profile, long nowNanos) {
        this.profile = profile;
        this.originNanos = nowNanos;
        this.connectedAtNanos = nowNanos;
        this.upstreamBusyUntilNanos = nowNanos;
        this.downstreamBusyUntilNanos = nowNanos;
    }

    public LinkProfile profile() {
        return profile;
    }

    /** Since when the profile holds: what its windows count from. */
    public long originNanos() {
        return originNanos;
    }

    public void change(LinkProfile next, long nowNanos) {
        mappingsForgotten = mappingGeneration(nowNanos);
        profile = next;
        originNanos = nowNanos;
    }

    /** An outage on demand; a second one replaces the first. */
    public void outage(long fromNanos, long untilNanos, Outage.How how) {
        outageFromNanos = fromNanos;
        outageUntilNanos = untilNanos;
        outageHow = how;
    }

    public void forgetMappings() {
        mappingsForgotten++;
    }

    /** The same for UDP alone. */
    public void forgetDatagramMappings() {
        datagramMappingsForgotten++;
    }

    /** Changes whenever the NAT has forgotten what it knew of UDP alone. */
    long datagramGeneration() {
        return datagramMappingsForgotten;
    }

    /** Whether packets pass as if there were no link. */
    public boolean isClear(long nowNanos) {
        return profile.isClear() && nowNanos >= outageUntilNanos;
    }

    /** Whether a packet on the air at that time is lost to an outage. */
    public boolean isDark(long nanos) {
        return isOutage(nanos, Outage.How.SILENT);
    }

    /** Whether a packet sent at that time is answered with a reset. */
    public boolean refuses(long nanos) {
        return isOutage(nanos, Outage.How.REFUSED);
    }

    /** Changes whenever the NAT has forgotten all it knew. */
    public long mappingGeneration(long nowNanos) {
        Outage outage = profile.outage();
        return outage.losesMapping()
                ? mappingsForgotten + outage.window().openingsUntil(nowNanos - originNanos)
                : mappingsForgotten;
    }

    /** When the radio is connected for a packet that is ready now; this wakes it. */
    public long wake(Direction direction, long nowNanos) {
        Promotion promotion = profile.promotion();
        if (promotion.isNone()) {
            return nowNanos;
        }
        if (isIdle(nowNanos)) {
            long heard = direction == Direction.DOWNSTREAM ? nextPaging(promotion, nowNanos) : nowNanos;
            connectedAtNanos = heard + promotion.delay().toNanos();
        } else if (direction == Direction.UPSTREAM) {
            // A device that has something to say does not wait to be paged.
            connectedAtNanos =
                    Math.min(connectedAtNanos, nowNanos + promotion.delay().toNanos());
        }
        long ready = Math.max(nowNanos, connectedAtNanos);
        lastActivityNanos = Math.max(lastActivityNanos, ready);
        return ready;
    }

    public boolean isIdle(long nowNanos) {
        return !profile.promotion().isNone()
                && (lastActivityNanos == NEVER
                        || nowNanos - lastActivityNanos
                                >= profile.promotion().afterIdle().toNanos());
    }

    /** When a handover that is going on at that time is over; otherwise that time. */
    public long handoverEnds(long nanos) {
        return originNanos + profile.handover().closesAt(nanos - originNanos);
    }

    /** When the last bit of a packet has left, if it may start at {@code readyNanos}. */
    public long transmit(Direction direction, int bytes, long readyNanos) {
        long bitsPerSecond = profile.path(direction).bitsPerSecond();
        if (bitsPerSecond == 0) {
            return readyNanos;
        }
        long airNanos = Math.round(bytes * 8e9 / bitsPerSecond);
        if (direction == Direction.UPSTREAM) {
            upstreamBusyUntilNanos = Math.max(readyNanos, upstreamBusyUntilNanos) + airNanos;
            return upstreamBusyUntilNanos;
        }
        downstreamBusyUntilNanos = Math.max(readyNanos, downstreamBusyUntilNanos) + airNanos;
        return downstreamBusyUntilNanos;
    }

    /** How much is waiting for the bandwidth, in bytes. */
    public long waitingBytes(Direction direction, long nowNanos) {
        long busyUntil = direction == Direction.UPSTREAM ? upstreamBusyUntilNanos : downstreamBusyUntilNanos;
        return Math.round(
                Math.max(0, busyUntil - nowNanos) * (profile.path(direction).bitsPerSecond() / 8e9));
    }

    /** What an answer from beyond the radio takes to come, without jitter. */
    public long roundTripNanos() {
        return profile.upstream().delay().mean().toNanos()
                + profile.downstream().delay().mean().toNanos();
    }

    private boolean isOutage(long nanos, Outage.How how) {
        boolean onDemand = outageHow == how && nanos >= outageFromNanos && nanos < outageUntilNanos;
        Outage scheduled = profile.outage();
        return onDemand || (scheduled.how() == how && scheduled.window().isOpenAt(nanos - originNanos));
    }

    private long nextPaging(Promotion promotion, long nowNanos) {
        long cycle = promotion.pagingCycle().toNanos();
        if (cycle == 0) {
            return nowNanos;
        }
        return originNanos + (nowNanos - originNanos + cycle - 1) / cycle * cycle;
    }
}
