package io.fieldloop.device.link;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds parcels until they are due, first in, first out; one timer, on the event loop, for the one that is next. */
final class DelayLine {
    private final EventLoop loop;
    private final Exit exit;
    private final ArrayDeque<Parcel> parcels = new ArrayDeque<>();
    private @Nullable Future<?> timer;
    private boolean draining;

    DelayLine(EventLoop loop, Exit exit) {
        this.loop = loop;
        this.exit = exit;
    }

    boolean isEmpty() {
        return parcels.isEmpty() && !draining;
    }

    /** Delivers at once when nothing is ahead of it and it is due. */
    void add(Parcel parcel) {
        parcels.add(parcel);
        if (timer == null && !draining) {
            drain();
        }
    }

    /** Drops all that is under way. */
    void clear() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (Parcel parcel = parcels.poll(); parcel != null; parcel = parcels.poll()) {
            parcel.drop();
        }
    }

    private void drain() {
        timer = null;
        draining = true;
        long now = loop.ticker().nanoTime();
        Parcel next = parcels.peek();
        boolean delivered = false;
        while (next != null && next.dueNanos() <= now) {
            parcels.remove();
            exit.deliver(next);
            delivered = true;
            next = parcels.peek();
        }
        draining = false;
        if (delivered) {
            exit.delivered();
        }
        next = parcels.peek();
        if (next != null && timer == null) {
            long delay = next.dueNanos() - loop.ticker().nanoTime();
            timer = loop.schedule(this::drain, delay, TimeUnit.NANOSECONDS);
        }
    }

    /** Where parcels come out. */
    interface Exit {
        void deliver(Parcel parcel);

        /** Those that were due are out. */
        void delivered();
    }
}
