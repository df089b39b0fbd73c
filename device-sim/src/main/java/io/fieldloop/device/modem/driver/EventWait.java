package io.fieldloop.device.modem.driver;

import io.fieldloop.device.context.DeviceContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a socket of the library waits for, one thing at a time: a line of the modem, for ten seconds. */
final class EventWait {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final DeviceContext context;
    private BooleanSupplier awaited = () -> false;
    private Runnable then = () -> {};
    private @Nullable Future<?> limit;

    EventWait(DeviceContext context) {
        this.context = context;
    }

    /** Runs {@code met} once the condition holds, or {@code late} when the time is over. */
    void await(BooleanSupplier condition, Runnable met, Runnable late) {
        if (condition.getAsBoolean()) {
            met.run();
            return;
        }
        awaited = condition;
        then = met;
        limit = context.schedule(
                () -> {
                    awaited = () -> false;
                    late.run();
                },
                LIMIT);
    }

    /** Something was heard. */
    void look() {
        if (awaited.getAsBoolean()) {
            stop();
            then.run();
        }
    }

    void stop() {
        awaited = () -> false;
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }
}
