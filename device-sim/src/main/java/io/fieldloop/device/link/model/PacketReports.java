package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reports what the link does to single packets, and what may happen often not more often than a reader can bear. */
public final class PacketReports {
    private final LinkState link;
    private final PacketModel model;
    private final EventAggregator<Drop> drops;
    private final Set<Direction> full = EnumSet.noneOf(Direction.class);
    private final Map<Direction, PassageMeter> datagrams = new EnumMap<>(Direction.class);
    private long lastHandoverNanos;

    public PacketReports(LinkState link, PacketModel model) {
        this.link = link;
        this.model = model;
        this.drops = new EventAggregator<>(
                link.loop(),
                (drop, times, nanos) ->
                        link.emit(new LinkEvent.Dropped(drop.connection, drop.direction, drop.reason, times)));
        for (Direction direction : Direction.values()) {
            datagrams.put(direction, new PassageMeter(link, direction));
        }
    }

    /** A datagram met the link; as {@link #passed}, and it is counted. */
    public void datagram(Direction direction, PacketVerdict verdict, long nowNanos) {
        passed(direction, 0, verdict, nowNanos);
        if (verdict.lostTo() == null) {
            meter(direction).arrives(verdict, nowNanos);
        }
    }

    /** A datagram does not arrive. */
    public void datagramDropped(Direction direction, DropReason reason) {
        dropped(direction, 0, reason);
        meter(direction).loses();
    }

    private PassageMeter meter(Direction direction) {
        return Objects.requireNonNull(datagrams.get(direction));
    }

    /** A packet met the link. */
    public void passed(Direction direction, long connection, PacketVerdict verdict, long nowNanos) {
        if (verdict.lostTo() == DropReason.QUEUE_FULL) {
            if (full.add(direction)) {
                link.emit(new LinkEvent.QueueFull(connection, direction));
            }
        } else if (full.contains(direction) && model.hasDrained(direction, nowNanos)) {
            full.remove(direction);
        }
        if (verdict.promotedNanos() > 0) {
            link.emit(new LinkEvent.Promoted(connection, Duration.ofNanos(verdict.promotedNanos())));
        }
        if (verdict.handoverNanos() > 0 && verdict.resumedNanos() != lastHandoverNanos) {
            lastHandoverNanos = verdict.resumedNanos();
            link.emit(new LinkEvent.Handover(connection, Duration.ofNanos(verdict.handoverNanos())));
        }
    }

    /** A packet does not arrive. */
    public void dropped(Direction direction, long connection, DropReason reason) {
        drops.count(new Drop(connection, direction, reason), 0);
    }

    /** Reports what has not been reported. */
    public void flush() {
        drops.flush();
        datagrams.values().forEach(PassageMeter::tell);
    }

    private record Drop(long connection, Direction direction, DropReason reason) {}
}
