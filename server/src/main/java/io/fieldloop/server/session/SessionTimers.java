package io.fieldloop.server.session;

import io.fieldloop.server.connection.PatientTimer;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The timers of one session, on its own loop; all of them end with it. */
final class SessionTimers {
    /** Idle limit, hello limit or ping, and one more. */
    private static final int TYPICAL = 3;

    private final EventExecutor loop;
    private final LongSupplier nanoTime;
    private final Runnable afterEach;
    private final Consumer<RuntimeException> failed;
    private final List<PatientTimer> pending = new ArrayList<>(TYPICAL);
    private boolean over;

    /**
     * Creates the empty set.
     *
     * @param afterEach runs behind every timer's action
     * @param failed gets what an action throws, which would vanish in its future otherwise
     */
    SessionTimers(EventExecutor loop, LongSupplier nanoTime, Runnable afterEach, Consumer<RuntimeException> failed) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.afterEach = afterEach;
        this.failed = failed;
    }

    PatientTimer after(Duration delay, Runnable action) {
        for (int index = pending.size() - 1; index >= 0; index--) {
            if (pending.get(index).isDone()) {
                pending.remove(index);
            }
        }
        PatientTimer timer = new PatientTimer(loop, nanoTime, delay, () -> run(action));
        pending.add(timer);
        return timer;
    }

    /** No action runs any more. */
    void end() {
        over = true;
        pending.forEach(PatientTimer::cancel);
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
