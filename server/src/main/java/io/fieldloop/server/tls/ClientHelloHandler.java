package io.fieldloop.server.tls;

import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.fault.FaultTable;
import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.fault.TlsFault.HandshakeFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the whole ClientHello, applies the faults of the TLS phase if there are any, and otherwise gives way to the engine.
 *
 * <p>The engine's handlers take this handler's place in the pipeline and see the same bytes again.
 */
final class ClientHelloHandler extends ChannelDuplexHandler {
    private static final FaultTable<Moment, TlsFault> ANSWERS = new FaultTable<Moment, TlsFault>(TlsFault.class)
            // Over by the time the others act.
            .on(TlsFault.DelayTls.class, (moment, fault) -> {})
            .on(TlsFault.StallTls.class, (moment, fault) -> moment.instead(fault, ctx -> {}))
            .on(TlsFault.CloseInTls.class, (moment, fault) -> moment.instead(fault, ChannelHandlerContext::close))
            .on(TlsFault.ResetInTls.class, (moment, fault) -> moment.instead(fault, moment::reset))
            .on(
                    TlsFault.SendAlert.class,
                    (moment, fault) -> moment.instead(fault, ctx -> sendAlert(ctx, fault.alert())))
            .on(
                    TlsFault.AnswerPlainText.class,
                    (moment, fault) -> moment.instead(
                            fault,
                            ctx -> ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), fault.text()))
                                    .addListener(written -> ctx.close())))
            // The engine's own.
            .on(TlsFault.FragmentHandshake.class, (moment, fault) -> {})
            .on(TlsFault.SendTicket.class, (moment, fault) -> {})
            .on(TlsFault.StallAtMessage.class, (moment, fault) -> moment.interrupt(fault, ctx -> {}))
            .on(TlsFault.CloseAtMessage.class, (moment, fault) -> moment.interrupt(fault, ChannelHandlerContext::close))
            .on(TlsFault.ResetAtMessage.class, (moment, fault) -> moment.interrupt(fault, moment::reset))
            .on(
                    TlsFault.AlertAtMessage.class,
                    (moment, fault) -> moment.interrupt(fault, ctx -> sendAlert(ctx, fault.alert())))
            .complete();

    private final TlsAcceptor acceptor;
    private final List<TlsFault> faults;
    private final boolean fullFeatured;
    private final TlsObserver observer;
    private @Nullable ByteBuf received;
    /** What arrives from now on is dropped. */
    private boolean deaf;
    /** The observer was told the outcome, or is not to be told. */
    private boolean told;

    /** @param fullFeatured whether the engine that does everything a fault may ask has to serve this connection */
    ClientHelloHandler(TlsAcceptor acceptor, List<TlsFault> faults, boolean fullFeatured, TlsObserver observer) {
        this.acceptor = acceptor;
        this.faults = faults;
        this.fullFeatured = fullFeatured;
        this.observer = observer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (deaf || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        ByteBuf all =
                received == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes);
        received = all;
        FirstFlight flight = FirstFlight.look(all);
        if (flight instanceof FirstFlight.Complete complete) {
            accept(ctx, complete.hello());
        } else if (flight instanceof FirstFlight.Alert alert) {
            fail(ctx, TlsFailure.alertReceived(alert.number()));
        } else if (flight instanceof FirstFlight.NotTls notTls) {
            fail(ctx, TlsFailure.garbage(notTls.text(), notTls.alert()));
        }
    }

    private void accept(ChannelHandlerContext ctx, ClientHello hello) {
        deaf = true;
        for (TlsFault fault : faults) {
            if (fault instanceof TlsFault.DelayTls delay) {
                observer.faultApplied(delay);
                ctx.executor().schedule(() -> answerLate(ctx, hello), delay.by().toNanos(), TimeUnit.NANOSECONDS);
                return;
            }
        }
        answer(ctx, hello);
    }

    /** No read is under way any more whose end would make the engine flush. */
    private void answerLate(ChannelHandlerContext ctx, ClientHello hello) {
        if (!ctx.isRemoved() && ctx.channel().isActive()) {
            answer(ctx, hello);
            ctx.fireChannelReadComplete();
        }
    }

    private void answer(ChannelHandlerContext ctx, ClientHello hello) {
        Moment moment = new Moment(ctx);
        faults.forEach(fault -> ANSWERS.act(moment, fault));
        if (!moment.answered) {
            told = true;
            acceptor.install(ctx, hello, faults, fullFeatured, observer);
            ctx.pipeline().remove(this);
        }
    }

    private static void sendAlert(ChannelHandlerContext ctx, int alert) {
        ByteBuf fatal = ctx.alloc()
                .buffer(FirstFlight.RECORD_HEADER_BYTES + 2)
                .writeByte(FirstFlight.RECORD_ALERT)
                .writeShort(TlsVersion.TLSv1_2.code())
                .writeShort(2)
                .writeByte(2) // fatal
                .writeByte(alert);
        ctx.writeAndFlush(fatal).addListener(sent -> LingeringClose.close(ctx, false));
    }

    private void fail(ChannelHandlerContext ctx, TlsFailure failure) {
        deaf = true;
        told = true;
        ReferenceCountUtil.release(received);
        received = null;
        observer.failed(failure);
        Integer alert = failure.alertSent();
        if (alert == null) {
            ctx.close();
        } else {
            sendAlert(ctx, alert);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // The handshake needs reads that nobody above asks for.
        if (!ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!told) {
            told = true;
            observer.failed(TlsFailure.eof());
        }
        ctx.fireChannelInactive();
    }

    /** A connection that breaks is a connection that ended: {@link #channelInactive} tells it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    /** Before the handshake is complete nothing can be written, least of all in plain text. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        promise.tryFailure(new ClosedChannelException());
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        deaf = true;
        told = true;
        ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf all = received;
        received = null;
        if (all == null) {
            return;
        }
        if (ctx.channel().isActive()) {
            ctx.fireChannelRead(all);
        } else {
            all.release();
        }
    }

    /** The moment at which the ClientHello is answered. */
    private final class Moment {
        private final ChannelHandlerContext ctx;
        private boolean answered;

        private Moment(ChannelHandlerContext ctx) {
            this.ctx = ctx;
        }

        /** No engine ever sees the ClientHello. */
        private void instead(TlsFault fault, Consumer<ChannelHandlerContext> action) {
            answered = true;
            told = !(fault instanceof TlsFault.StallTls);
            observer.faultApplied(fault);
            action.accept(ctx);
        }

        private void interrupt(HandshakeFault fault, Consumer<ChannelHandlerContext> action) {
            ctx.pipeline().addBefore(ctx.name(), null, new HandshakeFaultHandler(fault.at(), at -> {
                observer.faultApplied(fault);
                action.accept(at);
            }));
        }

        private void reset(ChannelHandlerContext context) {
            observer.reset(context.channel());
        }
    }
}
