package io.fieldloop.device.ota;

import io.fieldloop.device.context.DeviceContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the firmware's HTTP client waits for, one thing at a time, and how long it bears to. */
public final class HttpWait {
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final DeviceContext context;
    private BooleanSupplier awaited = () -> false;
    private Runnable then = () -> {};
    private @Nullable Future<?> limit;
    private boolean over;

    public HttpWait(DeviceContext context) {
        this.context = context;
    }

    /** Goes on with one of the two: at once, when {@link #look} finds that it holds, or when it is too late. */
    public void until(BooleanSupplier condition, Runnable met, Runnable late) {
        if (condition.getAsBoolean()) {
            stopLimit();
            met.run();
            return;
        }
        awaited = condition;
        then = met;
        limitBy(WAIT, () -> {
            awaited = () -> false;
            late.run();
        });
    }

    /** Something has changed. */
    public void look() {
        if (awaited.getAsBoolean()) {
            stop();
            then.run();
        }
    }

    /** Takes the place of the limit before. */
    void limitBy(Duration duration, Runnable expired) {
        stopLimit();
        limit = context.schedule(
                () -> {
                    if (!over) {
                        expired.run();
                    }
                },
                duration);
    }

    void stopLimit() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    /** Waits for nothing any more, without a limit: it hangs. */
    void stop() {
        awaited = () -> false;
        stopLimit();
    }

    /** No limit of it counts any more. */
    public void end() {
        over = true;
        stop();
    }

    public boolean isOver() {
        return over;
    }
}
