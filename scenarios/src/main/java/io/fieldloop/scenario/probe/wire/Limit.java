package io.fieldloop.scenario.probe.wire;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How long one connection may take from beginning to end, however slowly its bytes drip. */
public final class Limit {
    private final Socket socket;
    private final Duration lasts;
    private final ScheduledExecutorService timer;
    private Future<?> end;
    private volatile boolean over;

    Limit(Socket socket, Duration lasts, ScheduledExecutorService timer) {
        this.socket = socket;
        this.lasts = lasts;
        this.timer = timer;
        this.end = endAfter(lasts);
    }

    /** Whatever was left: it is this much, from now on. */
    public void restart(Duration left) {
        end.cancel(false);
        end = endAfter(left);
    }

    private Future<?> endAfter(Duration left) {
        return timer.schedule(
                () -> {
                    over = true;
                    close(socket);
                },
                left.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    public boolean isOver() {
        return over;
    }

    long seconds() {
        return lasts.toSeconds();
    }

    void lift() {
        end.cancel(false);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }
}
