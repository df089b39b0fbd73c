package io.fieldloop.device.attempt;

import io.fieldloop.device.profile.SendRules;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The socket's send buffer: notices that what was sent is not acknowledged for longer than the client bears, and says so once. */
public final class SendWatch extends ChannelDuplexHandler {

    private final SendRules rules;
    private long unacknowledgedBytes;
    private long progressNanos;
    private @Nullable Future<?> look;
    private boolean full;

    public SendWatch(SendRules rules) {
        this.rules = rules;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        int bytes = message instanceof ByteBuf data ? data.readableBytes() : 0;
        ChannelPromise watched = promise.unvoid();
        if (unacknowledgedBytes == 0) {
            progressNanos = now(ctx);
        }
        unacknowledgedBytes += bytes;
        watched.addListener(taken -> {
            unacknowledgedBytes -= bytes;
            progressNanos = now(ctx);
        });
        ctx.write(message, watched);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        boolean wasFull = full;
        full = unacknowledgedBytes > rules.bufferBytes();
        if (full && !wasFull) {
            progressNanos = now(ctx); // the write that finds no room begins to wait
            lookAgain(ctx);
        } else if (unacknowledgedBytes > 0 && look == null) {
            lookAgain(ctx);
        }
    }

    private void lookAgain(ChannelHandlerContext ctx) {
        stop();
        look = ctx.executor().schedule(() -> look(ctx), Math.max(0, leftNanos(ctx)), TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        look = null;
        full = unacknowledgedBytes > rules.bufferBytes();
        if (unacknowledgedBytes == 0 || !ctx.channel().isActive()) {
            return;
        }
        if (leftNanos(ctx) <= 0) {
            ctx.fireUserEventTriggered(new SendStalled());
        } else {
            lookAgain(ctx);
        }
    }

    private long leftNanos(ChannelHandlerContext ctx) {
        long limit = (full ? rules.writeLimit() : rules.retransmissionLimit()).toNanos();
        return limit - (now(ctx) - progressNanos);
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void stop() {
        if (look != null) {
            look.cancel(false);
            look = null;
        }
    }
}
