package io.fieldloop.server.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The timers of one session, on its own loop; all of them end with it. */
final class SessionTimers {
    /** Idle limit, hello limit or ping, and one more. */
    private static final int TYPICAL = 3;

    private final EventExecutor loop;
    private final Runnable afterEach;
    private final Consumer<RuntimeException> failed;
    private final List<Future<?>> pending = new ArrayList<>(TYPICAL);
    private boolean over;

    /**
     * Creates the empty set.
     *
     * @param afterEach runs behind every timer's action
     * @param failed gets what an action throws, which would vanish in its future otherwise
     */
    SessionTimers(EventExecutor loop, Runnable afterEach, Consumer<RuntimeException> failed) {
        this.loop = loop;
        this.afterEach = afterEach;
        this.failed = failed;
    }

    Future<?> after(Duration delay, Runnable action) {
        for (int index = pending.size() - 1; index >= 0; index--) {
            if (pending.get(index).isDone()) {
                pending.remove(index);
            }
        }
        Future<?> timer = loop.schedule(() -> run(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        pending.add(timer);
        return timer;
    }

    /** No action runs any more. */
    void end() {
        over = true;
        pending.forEach(timer -> timer.cancel(false));
        pending.clear();
    }

    private void run(Runnable action) {
        if (over) {
            return;
        }
        try {
            action.run();
            afterEach.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }
}
