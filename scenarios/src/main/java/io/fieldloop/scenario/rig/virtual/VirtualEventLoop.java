package io.fieldloop.scenario.rig.virtual;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes event loops whose ticker is a {@link VirtualClock}: asked to block until the next timer, such a loop moves the
 * clock to it instead (DESIGN section 2).
 */
public final class VirtualEventLoop {
    private VirtualEventLoop() {}

    /** A loop on a thread of its own; everything of one scenario must be registered with it. */
    public static EventLoop start(VirtualClock clock) {
        // An anonymous class, because Netty's constructors ask for the ticker and captured variables are set before.
        return new SingleThreadIoEventLoop(
                null,
                new DefaultThreadFactory("fieldloop-virtual", true),
                executor -> new SkippingIoHandler(executor, clock)) {
            @Override
            public Ticker ticker() {
                return clock;
            }

            @Override
            protected int runIo() {
                // Without any timer Netty still names a deadline, a second ahead; nothing would happen then.
                clock.standStill(nextScheduledTaskDeadlineNanos() < 0);
                return super.runIo();
            }

            /** Netty waits for its quiet period to pass, even one of zero, before a loop ends, and sleeps for 100 ms meanwhile. */
            @Override
            @SuppressWarnings("deprecation") // it is what Netty asks
            protected long getCurrentTimeNanos() {
                if (isShuttingDown()) {
                    clock.tick();
                }
                return super.getCurrentTimeNanos();
            }
        };
    }

    /** Netty's own handler of local channels, but for what it does when there is nothing to do. */
    private static final class SkippingIoHandler implements IoHandler {
        private final IoHandler local;
        private final VirtualClock clock;
        private final ThreadAwareExecutor executor;
        private volatile Thread loopThread = Thread.currentThread();

        SkippingIoHandler(ThreadAwareExecutor executor, VirtualClock clock) {
            this.local = LocalIoHandler.newFactory().newHandler(executor);
            this.clock = clock;
            this.executor = executor;
        }

        @Override
        public void initialize() {
            loopThread = Thread.currentThread();
        }

        @Override
        public int run(IoHandlerContext context) {
            if (context.canBlock()) {
                if (!clock.advanceTo(context.deadlineNanos())) {
                    LockSupport.park(this);
                }
            }
            return 0;
        }

        @Override
        public void wakeup() {
            if (!executor.isExecutorThread(Thread.currentThread())) {
                LockSupport.unpark(loopThread);
            }
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return local.register(handle);
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return local.isCompatible(handleType);
        }

        @Override
        public void prepareToDestroy() {
            local.prepareToDestroy();
        }

        @Override
        public void destroy() {
            local.destroy();
        }
    }
}
