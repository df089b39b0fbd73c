package io.fieldloop.scenario.adversary;

import io.fieldloop.scenario.dispatch.Dispatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the steps of one probe on one connection and reports how it went.
 *
 * <p>The next step begins only when the transport has taken the bytes of the one before, so a gateway that stops
 * reading slows the probe down instead of filling memory.
 */
final class ProbeHandler extends ChannelInboundHandlerAdapter {
    /** Ends a probe whose peer neither reads nor closes; longer than a drip of a whole request at 1 byte/s. */
    static final Duration LIFE_MAX = Duration.ofMinutes(5);

    private static final Dispatch<ProbeHandler, ProbeStep, Consumer<ChannelHandlerContext>> ACTIONS =
            Dispatch.<ProbeHandler, ProbeStep, Consumer<ChannelHandlerContext>>over(ProbeStep.class)
                    .on(
                            ProbeStep.Send.class,
                            (by, send) ->
                                    ctx -> by.write(ctx, send.bytes().render(by.variables), () -> by.advance(ctx)))
                    .on(
                            ProbeStep.Drip.class,
                            (by, drip) -> ctx -> by.drip(ctx, drip.bytes().render(by.variables), 0, drip.every()))
                    .on(ProbeStep.Pause.class, (by, pause) -> ctx -> by.after(ctx, pause.time(), () -> by.advance(ctx)))
                    .on(
                            ProbeStep.ExpectsClose.class,
                            (by, expects) ->
                                    ctx -> by.after(ctx, expects.within(), () -> by.close(ctx, ClosedBy.DEADLINE)))
                    .on(ProbeStep.Close.class, (by, close) -> ctx -> by.close(ctx, ClosedBy.PROBE))
                    .on(ProbeStep.Reset.class, (by, reset) -> by::reset)
                    .complete();

    private final Probe probe;
    private final ProbeVariables variables;
    private final TargetPolicy targets;
    private final Observer observer;
    private final ProbeAnswer answer = new ProbeAnswer();

    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> stepTimer;
    private @Nullable ScheduledFuture<?> lifeTimer;
    private ClosedBy closedBy = ClosedBy.GATEWAY;
    private long connectedNanos;
    private long bytesSent;
    private int nextStep;
    private boolean sentReported;
    private boolean stopped;
    private boolean reported;

    ProbeHandler(Probe probe, ProbeVariables variables, TargetPolicy targets, Observer observer) {
        this.probe = probe;
        this.variables = variables;
        this.targets = targets;
        this.observer = observer;
    }

    /** Ends the connection; one that is still being opened ends as soon as it is. */
    void stop() {
        stopped = true;
        ChannelHandlerContext active = context;
        if (active != null) {
            close(active, ClosedBy.STOP);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        connectedNanos = now(ctx);
        if (isRefused(ctx)) {
            return;
        }
        if (stopped) {
            // Given up while it was still connecting, and reported as that.
            reported = true;
            ctx.close();
            return;
        }
        observer.connected();
        lifeTimer =
                ctx.executor().schedule(() -> close(ctx, ClosedBy.DEADLINE), LIFE_MAX.toNanos(), TimeUnit.NANOSECONDS);
        advance(ctx);
    }

    /** The dialer should have asked before; this checks again. */
    private boolean isRefused(ChannelHandlerContext ctx) {
        String sentence = targets.refusal(ctx.channel().remoteAddress()).orElse(null);
        if (sentence == null) {
            return false;
        }
        reported = true;
        ctx.close();
        observer.targetRefused(new AdversaryConfigException(sentence));
        return true;
    }

    private void advance(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (!hasMoreToSend()) {
            reportSent();
        }
        ProbeStep step = probe.steps().get(nextStep++);
        ACTIONS.act(this, step).accept(ctx);
    }

    private void reset(ChannelHandlerContext ctx) {
        // Zero linger makes close send RST; a channel without that option (LocalChannel) just closes.
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        close(ctx, ClosedBy.PROBE);
    }

    private boolean hasMoreToSend() {
        return probe.steps().subList(nextStep, probe.steps().size()).stream()
                .anyMatch(step -> step instanceof ProbeStep.Send || step instanceof ProbeStep.Drip);
    }

    private void drip(ChannelHandlerContext ctx, byte[] bytes, int index, Duration every) {
        if (index == bytes.length) {
            advance(ctx);
            return;
        }
        write(ctx, new byte[] {bytes[index]}, () -> after(ctx, every, () -> drip(ctx, bytes, index + 1, every)));
    }

    /** A failed write is no event of its own: the channel closes and that is reported. */
    private void write(ChannelHandlerContext ctx, byte[] bytes, Runnable then) {
        ChannelFuture written = ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        written.addListener(done -> {
            if (done.isSuccess()) {
                bytesSent += bytes.length;
                then.run();
            }
        });
    }

    private void after(ChannelHandlerContext ctx, Duration time, Runnable then) {
        if (ctx.channel().isActive()) {
            stepTimer = ctx.executor().schedule(then, time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void close(ChannelHandlerContext ctx, ClosedBy who) {
        if (ctx.channel().isActive()) {
            closedBy = who;
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                answer.add(bytes);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    @SuppressWarnings("deprecation") // deprecated on ChannelHandler only; inbound handlers are its proper place
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        close(ctx, ClosedBy.GATEWAY_RESET);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel(stepTimer);
        cancel(lifeTimer);
        if (reported) {
            return;
        }
        reported = true;
        reportSent();
        observer.ended(answer.inWords(), !answer.isNothing(), closedBy, Duration.ofNanos(now(ctx) - connectedNanos));
    }

    private void reportSent() {
        if (!sentReported) {
            sentReported = true;
            observer.sent(bytesSent);
        }
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /**
     * Hears how one probe goes, on its channel's event loop: {@code connected}, {@code sent}, {@code ended} once each,
     * or {@code targetRefused} alone.
     */
    interface Observer {
        void connected();

        void sent(long bytes);

        void ended(String answer, boolean answered, ClosedBy closedBy, Duration elapsed);

        /** The connection led somewhere {@link TargetPolicy} does not allow; nothing was sent. */
        void targetRefused(AdversaryConfigException refusal);
    }
}
