package io.fieldloop.server.tls;

import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.connection.TlsReady;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Carries one connection between Netty and Bouncy Castle's non-blocking TLS.
 *
 * <p>Nothing of a peer's misbehaviour leaves this handler as an exception: it becomes one report, an alert on the wire and a closed
 * connection.
 */
final class BcTlsHandler extends ChannelDuplexHandler {
    /** Where the connection stands, as seen from this side. */
    private enum State {
        /** No application data may be written yet. */
        HANDSHAKING,
        ESTABLISHED,
        /** Nothing more is read or reported, whoever ended it. */
        OVER
    }

    private final BcTlsProtocol protocol;
    private final BcTlsServer server;
    private final TlsObserver observer;
    /** Null once the handshake is complete: a device may stay for days, and nobody asks any more. */
    private @Nullable ClientHello hello;

    private State state = State.HANDSHAKING;
    private boolean firedData;

    BcTlsHandler(BcTlsProtocol protocol, BcTlsServer server, ClientHello hello, TlsObserver observer) {
        this.protocol = protocol;
        this.server = server;
        this.hello = hello;
        this.observer = observer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws IOException {
        protocol.accept(server);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        // A copy, because Bouncy Castle decrypts some suites in place and the buffer may be shared with who recorded
        // it.
        byte[] input = ByteBufUtil.getBytes(bytes);
        ReferenceCountUtil.release(bytes);
        if (state == State.OVER) {
            return;
        }
        IOException failure = offer(input);
        reportEstablished(ctx);
        writeHandshakeRecords(ctx);
        forgetHandshake();
        fireApplicationData(ctx);
        if (failure != null) {
            fail(ctx, failure);
        } else if (protocol.isClosed() && state != State.OVER) {
            // The client said close_notify and has our answer.
            state = State.OVER;
            closeAfterFlush(ctx);
        }
    }

    private @Nullable IOException offer(byte[] input) {
        try {
            protocol.offerInput(input);
            return null;
        } catch (IOException e) {
            return e;
        } catch (RuntimeException e) {
            return new IOException("The TLS engine failed: " + e, e);
        }
    }

    private void reportEstablished(ChannelHandlerContext ctx) {
        TlsVersion version = server.version();
        if (state != State.HANDSHAKING || version == null || hello == null) {
            return;
        }
        state = State.ESTABLISHED;
        observer.established(version, server.suite(), hello.serverName(), server.isResumed());
        ctx.fireUserEventTriggered(TlsReady.READY);
    }

    private void forgetHandshake() {
        if (state == State.ESTABLISHED && hello != null) {
            hello = null;
            protocol.forgetHandshake();
        }
    }

    private void fireApplicationData(ChannelHandlerContext ctx) {
        int available = protocol.getAvailableInputBytes();
        if (available == 0) {
            return;
        }
        byte[] plain = new byte[available];
        int count = protocol.readInput(plain, 0, available);
        firedData = true;
        ctx.fireChannelRead(ctx.alloc().buffer(count).writeBytes(plain, 0, count));
    }

    private void fail(ChannelHandlerContext ctx, IOException cause) {
        if (state == State.OVER) {
            return;
        }
        boolean established = state == State.ESTABLISHED;
        state = State.OVER;
        TlsFailure failure = describe(cause);
        if (established) {
            observer.broken(failure);
        } else {
            observer.failed(failure);
        }
        writeHandshakeRecords(ctx);
        // The rest of the client's flight may be on its way, and its arrival would make a closed socket overtake the
        // alert.
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> LingeringClose.close(ctx, false));
    }

    private TlsFailure describe(IOException cause) {
        Integer received = server.alertReceived();
        if (received != null) {
            return TlsFailure.alertReceived(received);
        }
        Integer sent = server.alertSent();
        return hello == null
                ? TlsFailure.ofConnection(sent, cause)
                : TlsFailure.ofEngine(hello, server.servedVersions(), sent, server.answered(), cause);
    }

    private static void closeAfterFlush(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        if (!firedData && !ctx.channel().config().isAutoRead()) {
            // A read that made no application data was the handshake's; whoever asked for data still waits for it.
            ctx.read();
        }
        firedData = false;
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.write(message, promise);
            return;
        }
        try {
            if (state != State.ESTABLISHED) {
                throw new ClosedChannelException();
            }
            byte[] plain = ByteBufUtil.getBytes(bytes);
            protocol.writeApplicationData(plain, 0, plain.length);
            writeRecords(ctx, promise);
        } catch (IOException | RuntimeException e) {
            promise.tryFailure(e);
        } finally {
            ReferenceCountUtil.release(bytes);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof TlsRequest request)) {
            ctx.fireUserEventTriggered(event);
        } else if (state == State.ESTABLISHED) {
            try {
                protocol.request(request, server.version() == TlsVersion.TLSv1_3);
                writeHandshakeRecords(ctx);
                ctx.flush();
            } catch (IOException e) {
                fail(ctx, e);
            }
        }
    }

    private void writeHandshakeRecords(ChannelHandlerContext ctx) {
        if (protocol.getAvailableOutputBytes() > 0) {
            writeRecords(ctx, ctx.newPromise());
        }
    }

    /** Hands the records made so far to the transport; the promise belongs to them, or to what was written before. */
    private void writeRecords(ChannelHandlerContext ctx, ChannelPromise promise) {
        int count = protocol.getAvailableOutputBytes();
        if (count == 0) {
            ctx.write(Unpooled.EMPTY_BUFFER, promise);
            return;
        }
        ByteBuf records = ctx.alloc().buffer(count);
        protocol.readOutput(records.internalNioBuffer(0, count), count);
        ctx.write(records.writerIndex(count), promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        boolean established = state == State.ESTABLISHED;
        state = State.OVER;
        if (!established || protocol.isClosed() || !ctx.channel().isActive()) {
            ctx.close(promise);
            return;
        }
        try {
            protocol.close();
        } catch (IOException e) {
            // The farewell could not be written; the connection closes without it.
            ctx.close(promise);
            return;
        }
        ChannelPromise farewell = ctx.newPromise();
        farewell.addListener(done -> ctx.close(promise));
        writeRecords(ctx, farewell);
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (state == State.HANDSHAKING) {
            state = State.OVER;
            observer.failed(TlsFailure.eof());
        }
        state = State.OVER;
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (state == State.HANDSHAKING) {
            // A reset or a time-out of the transport; channelInactive reports it.
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }
}
