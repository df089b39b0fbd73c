package io.fieldloop.device.link.stream;

import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the handlers of a closed channel in place until what is still under way has reached them.
 *
 * <p>Netty takes a pipeline apart as soon as its channel is closed and unregistered. It does so context by context,
 * and where a context belongs to another executor it goes on in a task of that executor: this is such a context, and
 * its executor lets the task wait.
 */
final class PipelineHold extends AbstractEventExecutor {
    private final EventExecutor loop;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean engaged;

    private PipelineHold(EventExecutor loop) {
        this.loop = loop;
    }

    @SuppressWarnings("deprecation") // Netty discourages handlers on executors of their own; this one handles nothing
    static PipelineHold behind(ChannelHandlerContext context) {
        PipelineHold hold = new PipelineHold(context.executor());
        context.pipeline().addAfter(hold, context.name(), null, new Nothing());
        return hold;
    }

    void engage() {
        engaged = true;
    }

    void release() {
        engaged = false;
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            loop.execute(task);
        }
    }

    @Override
    public void execute(Runnable task) {
        if (engaged) {
            waiting.add(task);
        } else {
            loop.execute(task);
        }
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return !engaged && loop.inEventLoop(thread);
    }

    @Override
    public boolean isShuttingDown() {
        return loop.isShuttingDown();
    }

    @Override
    public boolean isShutdown() {
        return loop.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loop.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loop.awaitTermination(timeout, unit);
    }

    @Override
    public Future<?> terminationFuture() {
        return loop.terminationFuture();
    }

    /** The loop is not this executor's to end. */
    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        return loop.terminationFuture();
    }

    @Override
    @Deprecated
    public void shutdown() {}

    /** Handles no event, so that events pass it by without a change of executor. */
    private static final class Nothing extends ChannelHandlerAdapter {}
}
