package io.fieldloop.scenario.adversary;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** An event loop for local channels whose clock jumps to the next timer whenever there is nothing to do. */
final class VirtualLoop extends SingleThreadIoEventLoop {
    private final MockTicker ticker;

    VirtualLoop() {
        this(Ticker.newMockTicker());
    }

    private VirtualLoop(MockTicker ticker) {
        super(null, new DefaultThreadFactory("virtual", true), jumping(ticker));
        this.ticker = ticker;
    }

    @Override
    public Ticker ticker() {
        // The superclass's constructor asks before the field is set; a fresh mock tells it the same start time.
        return ticker == null ? Ticker.newMockTicker() : ticker;
    }

    /** Netty waits for its quiet period to pass, even one of zero, before a loop ends. */
    @Override
    @SuppressWarnings("deprecation") // it is what Netty asks
    protected long getCurrentTimeNanos() {
        if (isShuttingDown()) {
            ticker.advance(1, TimeUnit.NANOSECONDS);
        }
        return super.getCurrentTimeNanos();
    }

    private boolean hasTimers() {
        return nextScheduledTaskDeadlineNanos() != -1;
    }

    private static IoHandlerFactory jumping(MockTicker ticker) {
        return executor -> new JumpingHandler(
                (VirtualLoop) executor, LocalIoHandler.newFactory().newHandler(executor), ticker);
    }

    private record JumpingHandler(VirtualLoop loop, IoHandler local, MockTicker ticker) implements IoHandler {
        @Override
        public void initialize() {
            local.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            // A loop without timers reports a deadline too, one second ahead; following it would let idle time pass.
            if (context.canBlock() && loop.hasTimers()) {
                long wait = context.delayNanos(ticker.nanoTime());
                ticker.advance(Math.max(wait, 0), TimeUnit.NANOSECONDS);
                return 0;
            }
            return local.run(context);
        }

        @Override
        public void prepareToDestroy() {
            local.prepareToDestroy();
        }

        @Override
        public void destroy() {
            local.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return local.register(handle);
        }

        @Override
        public void wakeup() {
            local.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return local.isCompatible(handleType);
        }
    }
}
