package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.profile.Outage;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reports when outages begin and end, whether or not a packet notices. */
public final class OutageWatch {
    private final EventLoop loop;
    private final LinkListener listener;
    private @Nullable Future<?> beginning;
    private @Nullable Future<?> end;

    public OutageWatch(EventLoop loop, LinkListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Watches the outages of a profile that holds since {@code originNanos}, and no others that were scheduled. */
    public void watch(Outage outage, long originNanos) {
        cancel(beginning);
        beginning = null;
        // A window that opens at the origin itself opens after the nanosecond before it.
        watchAfter(outage, originNanos, Math.max(-1, loop.ticker().nanoTime() - originNanos - 1));
    }

    /** An outage on demand begins now; its end is reported too. */
    public void began(Outage.How how, Duration lasting) {
        cancel(end);
        listener.onEvent(new LinkEvent.OutageBegan(how, lasting));
        end = loop.schedule(this::ended, lasting.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Reports nothing any more. */
    public void stop() {
        cancel(beginning);
        cancel(end);
    }

    private void ended() {
        end = null;
        listener.onEvent(new LinkEvent.OutageEnded());
    }

    private void watchAfter(Outage outage, long originNanos, long sinceOriginNanos) {
        long opens = outage.window().opensAfter(sinceOriginNanos);
        if (opens == Long.MAX_VALUE) {
            return;
        }
        long delay = originNanos + opens - loop.ticker().nanoTime();
        beginning = loop.schedule(
                () -> {
                    began(outage.how(), outage.window().lasting());
                    watchAfter(outage, originNanos, opens);
                },
                delay,
                TimeUnit.NANOSECONDS);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
