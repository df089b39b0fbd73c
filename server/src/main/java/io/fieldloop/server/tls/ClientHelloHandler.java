package io.fieldloop.server.tls;

import io.fieldloop.server.fault.FaultAction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the whole ClientHello, applies the fault of the TLS phase if there is one, and otherwise gives way to the engine.
 *
 * <p>The engine's handlers take this handler's place in the pipeline and see the same bytes again.
 */
final class ClientHelloHandler extends ChannelDuplexHandler {
    private final TlsAcceptor acceptor;
    private final FaultAction.@Nullable TlsFault fault;
    private final boolean patiently;
    private final TlsObserver observer;
    private @Nullable ByteBuf received;
    /** What arrives from now on is dropped. */
    private boolean deaf;
    /** The observer was told the outcome, or is not to be told. */
    private boolean told;

    /** @param patiently whether the engine that does everything a fault may ask has to serve this connection */
    ClientHelloHandler(
            TlsAcceptor acceptor, FaultAction.@Nullable TlsFault fault, boolean patiently, TlsObserver observer) {
        this.acceptor = acceptor;
        this.fault = fault;
        this.patiently = patiently;
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
            fail(ctx, TlsFailure.garbage(notTls.text()));
        }
    }

    private void accept(ChannelHandlerContext ctx, ClientHello hello) {
        deaf = true;
        if (fault instanceof FaultAction.DelayTls delay) {
            observer.faultApplied(delay);
            ctx.executor().schedule(() -> serveLate(ctx, hello), delay.by().toNanos(), TimeUnit.NANOSECONDS);
        } else if (fault instanceof FaultAction.HandshakeFault atMessage) {
            ctx.pipeline().addBefore(ctx.name(), null, new HandshakeFaultHandler(atMessage, observer));
            serve(ctx, hello);
        } else if (fault != null) {
            told = !(fault instanceof FaultAction.StallTls);
            observer.faultApplied(fault);
            apply(ctx, fault);
        } else {
            serve(ctx, hello);
        }
    }

    /** No read is under way any more whose end would make the engine flush. */
    private void serveLate(ChannelHandlerContext ctx, ClientHello hello) {
        serve(ctx, hello);
        ctx.fireChannelReadComplete();
    }

    private void serve(ChannelHandlerContext ctx, ClientHello hello) {
        if (!ctx.isRemoved() && ctx.channel().isActive()) {
            told = true;
            acceptor.install(ctx, hello, patiently, observer);
            ctx.pipeline().remove(this);
        }
    }

    private void apply(ChannelHandlerContext ctx, FaultAction.TlsFault fault) {
        if (fault instanceof FaultAction.CloseInTls) {
            ctx.close();
        } else if (fault instanceof FaultAction.ResetInTls) {
            observer.reset(ctx.channel());
        } else if (fault instanceof FaultAction.SendAlert sendAlert) {
            ctx.writeAndFlush(fatalAlert(ctx, sendAlert.alert())).addListener(ChannelFutureListener.CLOSE);
        } else if (fault instanceof FaultAction.AnswerPlainText plain) {
            ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), plain.text())).addListener(written -> ctx.close());
        }
        // What remains is StallTls: the bytes are dropped and nothing is answered.
    }

    static ByteBuf fatalAlert(ChannelHandlerContext ctx, int alert) {
        return ctx.alloc()
                .buffer(FirstFlight.RECORD_HEADER_BYTES + 2)
                .writeByte(FirstFlight.RECORD_ALERT)
                .writeShort(TlsVersion.TLSv1_2.code())
                .writeShort(2)
                .writeByte(2) // fatal
                .writeByte(alert);
    }

    private void fail(ChannelHandlerContext ctx, TlsFailure failure) {
        deaf = true;
        told = true;
        observer.failed(failure);
        ctx.close();
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
}
